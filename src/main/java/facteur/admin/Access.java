package facteur.admin;

import com.sun.net.httpserver.Headers;
import facteur.platform.config.Secret;
import facteur.platform.http.HostField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may look, and who may give commands. Immutable.
///
/// **Host.** Only `localhost`, address literals and the configured name are answered: see [HostField]. Where every request needs
/// a token, Host doesn't matter: a page of another name has no token.
///
/// **Token.** A command must present the token of the state folder, or the operator's own.
final class Access {
    private static final Pattern OPERATOR = Pattern.compile("[ -~]{1,250}");
    private static final String BEARER = "bearer ";

    private final String ownName;
    private final Secret ours;
    private final Optional<Secret> chosen;

    /// @param ownName host of `admin.address`, a name or an address
    /// @param ours created at each start
    /// @param chosen by the operator; if set, looking needs a token too
    Access(String ownName, Secret ours, Optional<Secret> chosen) {
        this.ownName = ownName;
        this.ours = ours;
        this.chosen = chosen;
    }

    /// Why a request is refused; empty when it isn't. 421 is for a wrong name (RFC 9110 §15.5.20).
    Optional<AdminResponse> refusal(Headers headers) {
        var hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            return Optional.of(AdminResponse.error(400, "one field Host is needed")); // RFC 9112 §3.2
        }
        return chosen.isPresent() || isHost(hosts.getFirst())
                ? Optional.empty()
                : Optional.of(AdminResponse.error(421, "Host must be localhost, an address, or the name in admin.address"));
    }

    /// Whether the request has the token that the act needs.
    boolean permits(Endpoints.Act act, Headers headers) {
        return switch (act) {
            case PROBE -> true;
            case LOOK -> chosen.isEmpty() || hasToken(headers);
            case READ, CONTROL -> hasToken(headers);
        };
    }

    /// Who gives a command: the operator that a command on this machine names, since it could read the token in the state; for
    /// others, their address.
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

    /// In constant time.
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

    private boolean isHost(String text) {
        return HostField.parse(text).filter(host -> host.isLocal() || host.host().equalsIgnoreCase(ownName)).isPresent();
    }
}
