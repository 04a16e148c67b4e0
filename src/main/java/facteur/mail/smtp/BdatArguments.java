package facteur.mail.smtp;

/// The arguments of BDAT: `chunk-size [LAST]` (RFC 3030 §2).
///
/// @param chunkBytes what a long can't hold is its largest value
public record BdatArguments(long chunkBytes, Position position) {
    /// Whether another chunk follows.
    public enum Position {
        INNER,
        LAST
    }

    /// @param text all behind the verb, trimmed
    public static Parsed<BdatArguments> parse(String text) {
        var words = text.split(" +", -1);
        var chunkBytes = OctetCount.parse(words[0]);
        if (chunkBytes.isEmpty() || words.length > 2 || words.length == 2 && !words[1].equalsIgnoreCase("LAST")) {
            return new Parsed.Bad<>(Reply.of(501, 5, 4, "Syntax: BDAT size [LAST]"));
        }
        return new Parsed.Good<>(new BdatArguments(
                chunkBytes.getAsLong(), words.length == 2 ? Position.LAST : Position.INNER));
    }
}
