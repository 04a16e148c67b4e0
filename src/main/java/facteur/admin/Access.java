package facteur.admin;

import com.sun.net.httpserver.Headers;
import facteur.platform.config.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may ask, and who may steer. Immutable.
///
/// **Host.** A page on the web can have its own name resolve to 127.0.0.1 and then talk to us from the operator's browser.
/// It can't choose what Host says then: its own name. So only `localhost`, address literals and the name that the
/// operator gave us are answered. Where every request needs a token, no name says anything: such a page has none.
///
/// **Token.** Whoever steers has read the state folder, or the operator's own token, and shows it.
final class Access {
    private static final Pattern HOST = Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^\\[\\]:/@\\s]+))(?::\\d{0,5})?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern OPERATOR = Pattern.compile("[ -~]{1,250}");
    private static final String BEARER = "bearer ";

    private final String ownName;
    private final Secret ours;
    private final Optional<Secret> chosen;

    /// @param ownName host of `admin.address`, a name or an address
    /// @param ours the one that is made at each start
    /// @param chosen by the operator, if there is one: then it is needed for looking, too
    Access(String ownName, Secret ours, Optional<Secret> chosen) {
        this.ownName = ownName;
        this.ours = ours;
        this.chosen = chosen;
    }

    /// Why a request isn't looked at any further; empty when it is. 421 is for a wrong name (RFC 9110 §15.5.20).
    Optional<AdminResponse> refusal(Headers headers) {
        var hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            return Optional.of(AdminResponse.error(400, "one field Host is needed")); // RFC 9112 §3.2
        }
        return chosen.isPresent() || isHost(hosts.getFirst())
                ? Optional.empty()
                : Optional.of(AdminResponse.error(421, "Host must be localhost, an address, or the name in admin.address"));
    }

    /// Whether the request comes with what the act needs.
    boolean permits(Endpoints.Act act, Headers headers) {
        return switch (act) {
            case PROBE -> true;
            case LOOK -> chosen.isEmpty() || hasToken(headers);
            case READ, STEER -> hasToken(headers);
        };
    }

    /// Who steers: what a command of this machine says of itself, since whoever has our token may read the state; of others,
    /// from where they come.
    String operator(Headers headers, String peer) {
        var given = headers.getOrDefault(AdminClient.OPERATOR, List.of());
        return hasOurs(headers) && given.size() == 1 && OPERATOR.matcher(given.getFirst()).matches()
                ? given.getFirst()
                : "token=" + (hasOurs(headers) ? "state" : "admin.token") + " peer=" + peer;
    }

    private boolean hasOurs(Headers headers) {
        var given = headers.getOrDefault("Authorization", List.of());
        return given.size() == 1
                && given.getFirst().length() > BEARER.length()
                && ours.equals(Secret.of(given.getFirst().substring(BEARER.length()).strip()));
    }

    /// Takes the same time wherever a wrong one differs.
    private boolean hasToken(Headers headers) {
        var given = headers.getOrDefault("Authorization", List.of());
        if (given.size() != 1 || !given.getFirst().toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        var token = Secret.of(given.getFirst().substring(BEARER.length()).strip());
        var isOurs = ours.equals(token);
        var isChosen = chosen.filter(token::equals).isPresent();
        return isOurs || isChosen;
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
