package facteur.platform.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// The field Host of a request: a name or an address literal, and perhaps a port (RFC 9110 §7.2). Immutable.
///
/// A page on the web can have its own name resolve to 127.0.0.1, and then talk to us from the browser of a person who may
/// connect. Host is then that name, and can't be chosen: so only names that are ours are answered.
///
/// @param host without brackets
public record HostField(String host, Kind kind) {
    /// What the host is.
    public enum Kind {
        NAME,
        ADDRESS
    }

    private static final Pattern FORM = Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^\\[\\]:/@\\s]+))(?::\\d{0,5})?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /// @return empty when the text has another form
    public static Optional<HostField> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var name = matcher.group("name");
        return Optional.of(name == null
                ? new HostField(matcher.group("v6"), Kind.ADDRESS)
                : new HostField(name, IPV4.matcher(name).matches() ? Kind.ADDRESS : Kind.NAME));
    }

    /// Whether it is an address, or `localhost`: what no page can have as its own name.
    public boolean isLocal() {
        return kind == Kind.ADDRESS || host.equalsIgnoreCase("localhost");
    }
}
