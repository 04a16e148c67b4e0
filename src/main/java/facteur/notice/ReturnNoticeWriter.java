package facteur.notice;

import facteur.mail.automatic.AutomaticHeader;
import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.mime.QuotedPrintable;
import facteur.mail.returned.Trouble;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Writes to people of an office that a letter came back: which letter, from whom, why in plain words, and what to do. What the host
/// said stands below, marked as a quotation, so that nothing in it looks like words of ours. Immutable; safe to share between threads.
public final class ReturnNoticeWriter {
    private static final String QUEUE_ID = "X-Queue-Id";
    private static final String LINE_END = "\r\n";

    /// What a host calls itself may be anything.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,254}");

    private static final int MOST_ADDRESSES = 20;
    private static final int MOST_REPORTS = 5;
    private static final int SUBJECT = 150;
    private static final int NAME = 254;
    private static final int DIAGNOSTIC = 1_000;
    private static final int REPORT_LINES = 60;
    private static final int REPORT_LINE = 300;

    private final String hostname;
    private final Address from;
    private final ReversePath reversePath;
    private final Texts texts;
    private final TroubleWords words;
    private final DateTimeFormatter time;

    /// @param hostname for Message-ID
    /// @param domain in A-labels, that notices come from
    /// @param reversePath of the letters
    /// @param zone where the office is
    public ReturnNoticeWriter(String hostname, String domain, ReversePath reversePath, Language language, ZoneId zone) {
        this.hostname = hostname;
        this.from = Address.of("mailer-daemon@" + domain);
        this.reversePath = reversePath;
        this.texts = Texts.in(language, ReturnNoticeWriter.class);
        words = new TroubleWords(texts);
        var pattern = texts.say("returned.time") + (zone.normalized().equals(ZoneOffset.UTC) ? " 'UTC'" : "");
        this.time = DateTimeFormatter.ofPattern(pattern, Locale.of(language.word())).withZone(zone);
    }

    Address from() {
        return from;
    }

    ReversePath reversePath() {
        return reversePath;
    }

    /// @param letter with the returns to tell of: at least one
    /// @param queueId of the notice itself
    Message write(ReturnedLetter letter, Mailbox to, String queueId, Instant now) {
        var header = new AutomaticHeader(new Mailbox(texts.say("from"), from), to, subject(letter), now, queueId + "@" + hostname).generated(
                // Whose notice it is, should it fail in turn: see DsnWriter#reportedOn.
                HeaderField.of(QUEUE_ID, letter.id().text()),
                HeaderField.of("Content-Type", "text/plain; charset=utf-8"),
                HeaderField.of("Content-Transfer-Encoding", "quoted-printable"));
        return new Message(header, new MemoryBody(QuotedPrintable.encode(text(letter)).getBytes(StandardCharsets.US_ASCII)));
    }

    private String subject(ReturnedLetter letter) {
        var subject = letter.subject().isBlank()
                ? texts.say("returned.unnamed", time.format(letter.acceptedAt()))
                : Visible.line(letter.subject(), SUBJECT);
        return texts.say(isUnsure(letter) ? "returned.subject-unreadable" : "returned.subject", subject);
    }

    /// Whether no more is known than that something came.
    private static boolean isUnsure(ReturnedLetter letter) {
        return letter.returns().stream().noneMatch(ReturnedLetter.Return::isReadable);
    }

    private String what(ReturnedLetter letter) {
        if (letter.isReply()) {
            return texts.say("returned.what-reply");
        }
        return texts.say(isUnsure(letter) ? "returned.what-unreadable" : "returned.what");
    }

    private String text(ReturnedLetter letter) {
        var text = new StringBuilder();
        paragraph(text, what(letter));
        paragraph(text, which(letter));
        var failed = failed(letter);
        failed.sequencedValues().stream().limit(MOST_ADDRESSES).forEach(each -> paragraph(text, why(letter, each)));
        if (failed.size() > MOST_ADDRESSES) {
            paragraph(text, texts.say("returned.more", String.valueOf(failed.size() - MOST_ADDRESSES)));
        }
        letter.returns().stream().filter(each -> !each.isReadable()).limit(MOST_REPORTS).forEach(each -> paragraph(text, unreadable(letter, each)));
        if (isWithoutOthers(letter, failed)) {
            paragraph(text, texts.say("returned.others"));
        }
        paragraph(text, texts.say(letter.isReply() ? "returned.gone-reply" : "returned.gone"));
        paragraph(text, texts.say("returned.automatic", hostname));
        return text.toString();
    }

    private static void paragraph(StringBuilder text, String paragraph) {
        text.append(paragraph).append(LINE_END).append(LINE_END);
    }

    private String which(ReturnedLetter letter) {
        var which = new StringBuilder();
        if (!letter.subject().isBlank()) {
            which.append("  ").append(texts.say("returned.which", Visible.line(letter.subject(), NAME))).append(LINE_END);
        }
        which.append("  ").append(texts.say("returned.sent", time.format(letter.acceptedAt())));
        author(letter).ifPresent(author -> which.append(LINE_END).append("  ")
                .append(texts.say(letter.isReply() ? "returned.from" : "returned.author", Visible.line(author, NAME))));
        var client = letter.provenance().relation();
        if (!client.isEmpty()) {
            which.append(LINE_END).append("  ").append(texts.say("returned.client", Visible.line(client.text(), NAME)));
        }
        return which.toString();
    }

    /// Who knows what it was about: the client of a reply, else the employee. A name in From may say anything, so the address alone.
    private static Optional<String> author(ReturnedLetter letter) {
        return letter.isReply()
                ? Mailbox.parse(letter.from()).map(mailbox -> mailbox.address().toString())
                : Optional.of(letter.provenance().sender().text()).filter(sender -> !sender.isEmpty());
    }

    /// The last that was said of each address.
    private SequencedMap<String, ReturnedLetter.OfRecipient> failed(ReturnedLetter letter) {
        var failed = new LinkedHashMap<String, ReturnedLetter.OfRecipient>();
        letter.returns().stream()
                .filter(ReturnedLetter.Return::isReadable)
                .flatMap(each -> each.recipients().stream())
                .filter(ReturnedLetter.OfRecipient::isFailure)
                .forEach(each -> failed.put(address(letter, each), each));
        return failed;
    }

    /// As the letter has it: hosts write them otherwise.
    private String address(ReturnedLetter letter, ReturnedLetter.OfRecipient recipient) {
        return letter.path(recipient)
                .map(ForwardPath::address)
                .or(() -> Address.parse(recipient.address()))
                .map(address -> Visible.line(address.toString(), NAME))
                .orElseGet(() -> texts.say("returned.someone"));
    }

    /// Of these, at least, nothing of the kind is known.
    private static boolean isWithoutOthers(ReturnedLetter letter, SequencedMap<String, ReturnedLetter.OfRecipient> failed) {
        return letter.returns().stream().allMatch(ReturnedLetter.Return::isReadable)
                && failed.sequencedValues().stream().allMatch(each -> letter.path(each).isPresent())
                // An app may list one twice.
                && letter.recipients().stream().map(ForwardPath::address).distinct().count() > failed.size();
    }

    private String why(ReturnedLetter letter, ReturnedLetter.OfRecipient recipient) {
        var address = address(letter, recipient);
        var trouble = Trouble.of(recipient.status(), recipient.diagnostic());
        var why = new StringBuilder(texts.say("returned.address", address));
        if (letter.path(recipient).isEmpty()) {
            why.append(LINE_END).append(words.elsewhere());
        }
        why.append(LINE_END).append(words.why(trouble, address));
        why.append(LINE_END).append(letter.isReply() ? texts.say("returned.do-reply") : words.todo(trouble));
        var said = recipient.diagnostic().isEmpty() ? letter.excerpt(recipient).orElse("") : recipient.diagnostic();
        var diagnostic = Visible.line(said, DIAGNOSTIC);
        if (!diagnostic.isEmpty()) {
            var host = recipient.host();
            why.append(LINE_END).append(HOST.matcher(host).matches() ? texts.say("returned.host-said", host) : texts.say("returned.said"));
            why.append(LINE_END).append(quoted(List.of(diagnostic)));
        }
        return why.toString();
    }

    private String unreadable(ReturnedLetter letter, ReturnedLetter.Return report) {
        var addresses = report.recipients().stream().map(each -> address(letter, each)).distinct().limit(MOST_ADDRESSES).toList();
        var text = new StringBuilder(addresses.isEmpty()
                ? texts.say("returned.unreadable")
                : texts.say("returned.unreadable-to", String.join(", ", addresses)));
        text.append(LINE_END).append(texts.say("returned.unreadable-do"));
        var lines = Visible.lines(report.text(), REPORT_LINES, REPORT_LINE);
        if (!lines.isEmpty()) {
            text.append(LINE_END).append(LINE_END).append(quoted(lines));
        }
        return text.toString();
    }

    private static String quoted(List<String> lines) {
        return String.join(LINE_END, lines.stream().map(line -> line.isEmpty() ? ">" : "> " + line).toList());
    }
}
