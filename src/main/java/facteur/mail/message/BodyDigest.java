package facteur.mail.message;

/// What a body is, as two SHA-256 in hexadecimal digits.
///
/// @param octets of each octet
/// @param words without what libraries write anew each time they make the same letter: the boundaries of its parts
public record BodyDigest(String octets, String words) {
    public static BodyDigest of(MemoryBody body) {
        var digester = new BodyDigester();
        digester.update(body.octets(), 0, body.octets().length);
        return digester.finish();
    }
}
