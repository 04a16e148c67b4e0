package facteur.mail.smtp;

import java.util.stream.Collectors;

/// An address beyond US-ASCII in the form for 7-bit places: `utf-8-addr-xtext` of RFC 6533 §3.
public final class Utf8Xtext {
    private Utf8Xtext() {}

    /// Each character that isn't printable US-ASCII, or has a meaning of its own there, as `\x{…}`.
    public static String encode(String text) {
        return text.codePoints()
                .mapToObj(c -> c > ' ' && c < 127 && "+=\\".indexOf(c) < 0 ? Character.toString(c) : "\\x{%X}".formatted(c))
                .collect(Collectors.joining());
    }
}
