package facteur.mail.smtp;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The arguments of MAIL:
/// `FROM:<reverse-path> [SIZE=n] [BODY=7BIT|8BITMIME] [SMTPUTF8] [RET=FULL|HDRS] [ENVID=xtext] [AUTH=submitter]`
/// (RFC 5321 §4.1.1.2, RFC 1870 §3, RFC 6152 §3, RFC 6531 §3.4, RFC 3461 §4, RFC 4954 §5).
///
/// @param daemon how a host wrote the null reverse-path, if not so: `<MAILER-DAEMON>`
/// @param sizeBytes the size that the app declared, if it did
/// @param submitter if the app names one; not trusted
public record MailArguments(
        ReversePath reversePath,
        Optional<String> daemon,
        OptionalLong sizeBytes,
        BodyType body,
        HeaderEncoding encoding,
        DsnRequest dsn,
        Optional<Xtext> submitter) {
    /// RFC 3461 §5.4.
    private static final int ENVELOPE_ID_LIMIT = 100;

    private static final String DAEMON = "MAILER-DAEMON";

    /// @param text all behind the verb, trimmed
    public static Parsed<MailArguments> parse(String text) {
        return switch (PathAndParameters.parse("FROM:", text)) {
            case Parsed.Bad<PathAndParameters>(var reply) -> new Parsed.Bad<>(reply);
            case Parsed.Good<PathAndParameters>(var parts) -> parse(parts);
        };
    }

    /// The same where bounces come: some hosts write `<MAILER-DAEMON>` for the null reverse-path. RFC 5321 §4.1.1.3 has no mailbox
    /// without a domain but postmaster, and that for RCPT, so it can mean no other.
    ///
    /// @param text all behind the verb, trimmed
    public static Parsed<MailArguments> parseOfBounce(String text) {
        return switch (PathAndParameters.parse("FROM:", text)) {
            case Parsed.Bad<PathAndParameters>(var reply) -> new Parsed.Bad<>(reply);
            case Parsed.Good<PathAndParameters>(var parts) -> parts.path().equalsIgnoreCase(DAEMON)
                    ? parse(new PathAndParameters("", parts.parameters()), Optional.of("<" + parts.path() + ">"))
                    : parse(parts);
        };
    }

    private static Parsed<MailArguments> parse(PathAndParameters parts) {
        return parse(parts, Optional.empty());
    }

    private static Parsed<MailArguments> parse(PathAndParameters parts, Optional<String> daemon) {
        var sizeBytes = OptionalLong.empty();
        var body = BodyType.SEVEN_BIT;
        var encoding = HeaderEncoding.ASCII;
        var returnContent = Optional.<ReturnContent>empty();
        var envelopeId = Optional.<Xtext>empty();
        var submitter = Optional.<Xtext>empty();
        var seen = new HashSet<String>();
        for (var parameter : parts.parameters()) {
            if (!seen.add(parameter.keyword())) {
                return bad(parameter.keyword() + " given twice");
            }
            switch (parameter.keyword()) {
                case "SIZE" -> {
                    sizeBytes = OctetCount.parse(parameter.value());
                    if (sizeBytes.isEmpty()) {
                        return bad("SIZE wants a number of octets");
                    }
                }
                case "BODY" -> {
                    switch (parameter.value().toUpperCase(Locale.ROOT)) {
                        case "7BIT" -> body = BodyType.SEVEN_BIT;
                        case "8BITMIME" -> body = BodyType.EIGHT_BIT;
                        default -> {
                            return bad("BODY is 7BIT or 8BITMIME");
                        }
                    }
                }
                case "SMTPUTF8" -> {
                    if (!parameter.value().isEmpty()) {
                        return bad("SMTPUTF8 takes no value");
                    }
                    encoding = HeaderEncoding.UTF8;
                }
                case "RET" -> {
                    returnContent = ReturnContent.parse(parameter.value());
                    if (returnContent.isEmpty()) {
                        return bad("RET is FULL or HDRS");
                    }
                }
                case "ENVID" -> {
                    envelopeId = Xtext.parse(parameter.value())
                            .filter(id -> id.encoded().length() <= ENVELOPE_ID_LIMIT);
                    if (envelopeId.isEmpty()) {
                        return bad("ENVID is xtext of " + ENVELOPE_ID_LIMIT + " characters at most");
                    }
                }
                case "AUTH" -> {
                    submitter = Xtext.parse(parameter.value());
                    if (submitter.isEmpty()) {
                        return bad("AUTH wants <> or an address in xtext");
                    }
                }
                default -> {
                    // RFC 5321 §4.1.1.11.
                    return new Parsed.Bad<>(Reply.of(555, 5, 4, "MAIL parameter " + parameter.keyword() + " not known"));
                }
            }
        }
        var dsn = new DsnRequest(returnContent, envelopeId);
        if (parts.path().isEmpty()) {
            return new Parsed.Good<>(new MailArguments(ReversePath.NULL, daemon, sizeBytes, body, encoding, dsn, submitter));
        }
        var address = Address.parse(parts.path());
        if (address.isEmpty()) {
            return new Parsed.Bad<>(Reply.of(553, 1, 7, "<" + parts.path() + "> is no address" + Address.remark(parts.path())));
        }
        return new Parsed.Good<>(
                new MailArguments(ReversePath.of(address.get()), Optional.empty(), sizeBytes, body, encoding, dsn, submitter));
    }

    /// About how many octets of memory they take.
    public int memoryBytes() {
        return TextMemory.OBJECT_BYTES
                + reversePath.memoryBytes()
                + dsn.memoryBytes()
                + submitter.map(Xtext::memoryBytes).orElse(0);
    }

    private static Parsed<MailArguments> bad(String text) {
        return new Parsed.Bad<>(Reply.of(501, 5, 4, text));
    }
}
