package facteur.web;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The field Set-Cookie (RFC 6265): always for the whole of our host, and never for scripts. Immutable.
///
/// @param name with the prefix `__Host-` when it is secure: neither a neighbour nor a page in clear can set it for us
/// @param lasts until the browser ends when empty; zero deletes it
/// @param isPartitioned kept apart for each site that shows us in a frame
public record SetCookie(String name, String value, Optional<Duration> lasts, boolean isSecure, SameSite sameSite, boolean isPartitioned) {
    /// Which requests from pages of others carry it.
    public enum SameSite {
        STRICT,
        LAX,
        NONE
    }

    private static final String NAME = "facteur";
    private static final String HOST_PREFIX = "__Host-";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]*");

    public SetCookie {
        if (!TOKEN.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("no cookie may be named or hold that");
        }
        if (!isSecure && (sameSite == SameSite.NONE || isPartitioned || name.startsWith(HOST_PREFIX))) {
            throw new IllegalArgumentException("browsers drop a cookie such as " + name + " that isn't secure");
        }
    }

    /// The cookie of a session: with *Strict*, the redirect that follows a launch from another site would arrive without it.
    public static SetCookie session(Request request, String value) {
        return new SetCookie(sessionName(request), value, Optional.empty(), request.isHttps(), SameSite.LAX, false);
    }

    /// The cookie of a session in a frame.
    public static SetCookie embedded(String value, Duration lasts) {
        return new SetCookie(embeddedName(), value, Optional.of(lasts), true, SameSite.NONE, true);
    }

    /// Under which name [#session] is sent back.
    public static String sessionName(Request request) {
        return named(request, NAME);
    }

    /// Under which name [#embedded] is sent back.
    public static String embeddedName() {
        return HOST_PREFIX + NAME + "-embed";
    }

    /// Another cookie of ours, `facteur-` and a word.
    public static SetCookie lax(Request request, String word, String value, Duration lasts) {
        return new SetCookie(name(request, word), value, Optional.of(lasts), request.isHttps(), SameSite.LAX, false);
    }

    /// Under which name [#lax] is sent back.
    public static String name(Request request, String word) {
        return named(request, NAME + "-" + word);
    }

    private static String named(Request request, String name) {
        return request.isHttps() ? HOST_PREFIX + name : name;
    }

    /// The same, which deletes it.
    public SetCookie deleted() {
        return new SetCookie(name, "", Optional.of(Duration.ZERO), isSecure, sameSite, isPartitioned);
    }

    /// As the header has it.
    @Override
    public String toString() {
        var site = sameSite.name().charAt(0) + sameSite.name().substring(1).toLowerCase(Locale.ROOT);
        return name + "=" + value + "; Path=/" + lasts.map(age -> "; Max-Age=" + age.toSeconds()).orElse("") + (isSecure ? "; Secure" : "")
                + "; HttpOnly; SameSite=" + site + (isPartitioned ? "; Partitioned" : "");
    }
}
