package facteur.mail.smtp;

import java.util.HashSet;
import java.util.Optional;

/// The arguments of RCPT: `TO:<forward-path> [NOTIFY=…] [ORCPT=type;address]` (RFC 5321 §4.1.1.3, RFC 3461 §4).
public record RcptArguments(ForwardPath forwardPath) {
    /// Where no postmaster is without a domain.
    public static Parsed<RcptArguments> parse(String text, HeaderEncoding encoding) {
        return parse(text, encoding, Optional.empty());
    }

    /// @param text all behind the verb, trimmed
    /// @param encoding what MAIL said: without SMTPUTF8 a forward-path is US-ASCII
    /// @param home the domain of a postmaster without one (RFC 5321 §4.5.1); empty: there is no such mailbox here
    public static Parsed<RcptArguments> parse(String text, HeaderEncoding encoding, Optional<String> home) {
        return switch (PathAndParameters.parse("TO:", text)) {
            case Parsed.Bad<PathAndParameters>(var reply) -> new Parsed.Bad<>(reply);
            case Parsed.Good<PathAndParameters>(var parts) -> parse(parts, encoding, home);
        };
    }

    private static Parsed<RcptArguments> parse(PathAndParameters parts, HeaderEncoding encoding, Optional<String> home) {
        var notify = Optional.<Notify>empty();
        var original = Optional.<OriginalRecipient>empty();
        var seen = new HashSet<String>();
        for (var parameter : parts.parameters()) {
            if (!seen.add(parameter.keyword())) {
                return bad(parameter.keyword() + " given twice");
            }
            switch (parameter.keyword()) {
                case "NOTIFY" -> {
                    notify = Notify.parse(parameter.value());
                    if (notify.isEmpty()) {
                        return bad("NOTIFY is NEVER, or a list of SUCCESS, FAILURE, DELAY");
                    }
                }
                case "ORCPT" -> {
                    original = OriginalRecipient.parse(parameter.value(), encoding);
                    if (original.isEmpty()) {
                        return bad("ORCPT is a type, a semicolon, and an address as xtext");
                    }
                }
                default -> {
                    return new Parsed.Bad<>(Reply.of(555, 5, 4, "RCPT parameter " + parameter.keyword() + " not known"));
                }
            }
        }
        var isPostmaster = parts.path().equalsIgnoreCase("postmaster");
        var address = Address.parse(isPostmaster && home.isPresent() ? parts.path() + "@" + home.get() : parts.path());
        if (address.isEmpty()) {
            return new Parsed.Bad<>(Reply.of(553, 1, 3, "<" + parts.path() + "> is no address" + Address.remark(parts.path())));
        }
        return new Parsed.Good<>(new RcptArguments(new ForwardPath(address.get(), notify, original)));
    }

    private static Parsed<RcptArguments> bad(String text) {
        return new Parsed.Bad<>(Reply.of(501, 5, 4, text));
    }
}
