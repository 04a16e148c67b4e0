package facteur.smtp;

/// The arguments of RCPT: `TO:<forward-path>`, no parameters (RFC 5321 §4.1.1.3).
public record RcptArguments(Address forwardPath) {
    /// @param text all behind the verb, trimmed
    /// @param encoding what MAIL said: without SMTPUTF8 a forward-path is US-ASCII
    public static Parsed<RcptArguments> parse(String text, HeaderEncoding encoding) {
        return switch (PathAndParameters.parse("TO:", text)) {
            case Parsed.Bad<PathAndParameters>(var reply) -> new Parsed.Bad<>(reply);
            case Parsed.Good<PathAndParameters>(var parts) -> parse(parts, encoding);
        };
    }

    private static Parsed<RcptArguments> parse(PathAndParameters parts, HeaderEncoding encoding) {
        if (!parts.parameters().isEmpty()) {
            var keyword = parts.parameters().getFirst().keyword();
            return new Parsed.Bad<>(Reply.of(555, 5, 4, "RCPT parameter " + keyword + " not known"));
        }
        var address = Address.parse(parts.path());
        if (address.isEmpty()) {
            return new Parsed.Bad<>(Reply.of(553, 1, 3, "<" + parts.path() + "> is no address"));
        }
        if (encoding == HeaderEncoding.ASCII && !parts.path().chars().allMatch(c -> c < 128)) {
            return new Parsed.Bad<>(Reply.of(553, 6, 7, "Address needs SMTPUTF8"));
        }
        return new Parsed.Good<>(new RcptArguments(address.get()));
    }
}
