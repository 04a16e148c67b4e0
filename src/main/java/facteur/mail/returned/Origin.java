package facteur.mail.returned;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who wrote a letter, as far as its envelope and header say: a mail system, another program, or a person.
///
/// @param isNull whether bounces of it go nowhere
/// @param header of the letter
record Origin(boolean isNull, Header header) {
    private static final String DAEMON = "mailerdaemon";

    /// Local parts that mail systems write under, without punctuation; the last is Exchange's, one and the same everywhere.
    private static final Set<String> DAEMONS =
            Set.of(DAEMON, "maildaemon", "postmaster", "mdaemon", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e");

    private static final Pattern PUNCTUATION = Pattern.compile("[-_.\"' ]");

    /// For programs that don't say Auto-Submitted.
    private static final List<String> AUTOMATIC = List.of("X-Autoreply", "X-Autorespond", "X-MS-Exchange-Inbox-Rules-Loop");

    private static final Set<String> BULK = Set.of("bulk", "junk", "auto_reply");

    static Origin of(ReversePath reversePath, Header header) {
        return switch (reversePath) {
            case ReversePath.Null ignored -> new Origin(true, header);
            // Some hosts write the null reverse-path so.
            case ReversePath.Path(var address) -> new Origin(plain(address.localPart()).equals(DAEMON), header);
        };
    }

    /// Whether a mail system wrote it. A bounce may have any reverse-path: one in five has none that is null.
    boolean isMailSystem() {
        return header.first("X-Failed-Recipients").isPresent() || header.all("From").stream().anyMatch(Origin::isDaemon);
    }

    private static boolean isDaemon(HeaderField from) {
        if (from.value().endsWith("<>")) {
            // From nowhere: no person writes so.
            return true;
        }
        var address = Mailbox.parse(from.value())
                .map(mailbox -> mailbox.address().toString())
                .or(() -> ReportedAddress.of(from.value()))
                .orElse("");
        var at = address.lastIndexOf('@');
        return DAEMONS.contains(plain(at < 0 ? address : address.substring(0, at)));
    }

    /// The only address in From.
    Optional<Address> from() {
        return header.first("From")
                .flatMap(field -> Mailbox.parseList(field.value()))
                .filter(list -> list.size() == 1)
                .map(list -> list.getFirst().address());
    }

    private static String plain(String localPart) {
        return PUNCTUATION.matcher(localPart.strip().toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /// Whether a program answered by itself (RFC 3834 §5).
    boolean isAutomatic() {
        var submitted = header.first("Auto-Submitted");
        if (submitted.isPresent()) {
            return !word(submitted.get()).equals("no");
        }
        return AUTOMATIC.stream().anyMatch(this::isSet)
                || header.all("X-Apple-Action").stream().anyMatch(field -> word(field).equals("vacation"))
                || Stream.of("Precedence", "X-Precedence").flatMap(name -> header.all(name).stream()).anyMatch(field -> BULK.contains(word(field)))
                // It asks others not to answer; that alone stands in people's letters too.
                || isNull && isSet("X-Auto-Response-Suppress");
    }

    private boolean isSet(String name) {
        return header.first(name).filter(field -> !Set.of("no", "false", "").contains(word(field))).isPresent();
    }

    /// The first word, before comments and parameters.
    private static String word(HeaderField field) {
        return field.value().split("[;( \t]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /// The addresses in X-Failed-Recipients, as Exim and others list them.
    List<String> failed() {
        return header.all("X-Failed-Recipients").stream()
                .flatMap(field -> Stream.of(field.value().split(",")))
                .flatMap(address -> ReportedAddress.of(address.strip()).stream())
                .distinct()
                .limit(ReturnedMailReader.RECIPIENTS)
                .toList();
    }
}
