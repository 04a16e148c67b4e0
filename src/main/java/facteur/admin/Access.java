package facteur.admin;

import com.sun.net.httpserver.Headers;
import facteur.config.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may ask, and who may steer. Immutable.
///
/// **Host.** A page on the web can have its own name resolve to 127.0.0.1 and then talk to us from the operator's browser.
/// It can't choose what Host says then: its own name. So only `localhost`, address literals and the name that the
/// operator gave us are answered.
///
/// **Token.** Whoever steers has read the state folder, and shows it by the token.
final class Access {
    private static final Pattern HOST = Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^\\[\\]:/@\\s]+))(?::\\d{0,5})?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String BEARER = "bearer ";

    private final String ownName;
    private final Secret token;

    /// @param ownName host of `admin.address`, a name or an address
    Access(String ownName, Secret token) {
        this.ownName = ownName;
        this.token = token;
    }

    /// Why a request isn't looked at any further; empty when it is. 421 is for a wrong name (RFC 9110 §15.5.20).
    Optional<Answer> refusal(Headers headers) {
        var hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            return Optional.of(Answer.error(400, "one field Host is needed")); // RFC 9112 §3.2
        }
        return isHost(hosts.getFirst())
                ? Optional.empty()
                : Optional.of(Answer.error(421, "Host must be localhost, an address, or the name in admin.address"));
    }

    /// Whether the request comes with the token. Takes the same time wherever a wrong one differs.
    boolean maySteer(Headers headers) {
        var given = headers.getOrDefault("Authorization", List.of());
        return given.size() == 1
                && given.getFirst().toLowerCase(Locale.ROOT).startsWith(BEARER)
                && token.equals(Secret.of(given.getFirst().substring(BEARER.length()).strip()));
    }

    private boolean isHost(String host) {
        var matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            return false;
        }
        var name = matcher.group("name");
        return name == null
                || name.equalsIgnoreCase("localhost")
                || name.equalsIgnoreCase(ownName)
                || IPV4.matcher(name).matches();
    }
}
