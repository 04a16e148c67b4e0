package facteur.mail.letter;

import java.util.List;

/// By which upstreams a letter goes: their names, in the order in which they are tried.
///
/// @param text names between commas; empty when it isn't known yet
public record RouteId(String text) {
    public static final RouteId UNKNOWN = new RouteId("");

    public static RouteId of(List<String> upstreams) {
        return new RouteId(String.join(",", upstreams));
    }

    @Override
    public String toString() {
        return text;
    }
}
