package facteur.notice;

import facteur.mail.automatic.AutomaticHeader;
import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.mime.QuotedPrintable;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.platform.config.Word;
import facteur.store.Author;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes a letter about changes of an office's own addresses. Immutable; safe to share between threads.
public final class ChangeNoticeWriter {
    /// An hour of changes by a program can be long.
    private static final int MOST = 50;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LINE_END = "\r\n";

    private final String hostname;
    private final Address sharedAddress;
    private final ReversePath reversePath;
    private final Texts texts;

    /// @param hostname for Message-ID
    /// @param sharedAddress the From of the letters
    /// @param reversePath of the letters
    public ChangeNoticeWriter(String hostname, Address sharedAddress, ReversePath reversePath, Language language) {
        this.hostname = hostname;
        this.sharedAddress = sharedAddress;
        this.reversePath = reversePath;
        this.texts = Texts.in(language, ChangeNoticeWriter.class);
    }

    Address from() {
        return sharedAddress;
    }

    ReversePath reversePath() {
        return reversePath;
    }

    /// @param changes at least one, the oldest first
    /// @param earlier the version that all of them can be undone by; empty when it isn't known
    /// @param queueId of the letter itself
    Message write(OfficeId office, Mailbox to, List<AddressChange> changes, Optional<Long> earlier, String queueId, Instant now) {
        var from = new Mailbox(texts.say("from"), sharedAddress);
        var header = new AutomaticHeader(from, to, texts.say("changed.subject", office.text()), now, queueId + "@" + hostname).generated(
                HeaderField.of("Content-Type", "text/plain; charset=utf-8"),
                HeaderField.of("Content-Transfer-Encoding", "quoted-printable"));
        var body = QuotedPrintable.encode(text(office, changes, earlier)).getBytes(StandardCharsets.US_ASCII);
        return new Message(header, new MemoryBody(body));
    }

    private String text(OfficeId office, List<AddressChange> changes, Optional<Long> earlier) {
        var text = new StringBuilder();
        paragraph(text, texts.say("greeting", hostname));
        paragraph(text, texts.say("changed.what", office.text()));
        var version = 0L;
        for (var change : changes.subList(0, Math.min(MOST, changes.size()))) {
            if (change.version().number() != version) {
                version = change.version().number();
                paragraph(text, who(change));
            }
            paragraph(text, what(change));
        }
        if (changes.size() > MOST) {
            paragraph(text, texts.say("changed.more", String.valueOf(changes.size() - MOST)));
        }
        paragraph(text, texts.say("changed.fine"));
        paragraph(text, earlier.map(number -> texts.say("changed.undo", office.text(), number.toString()))
                .orElseGet(() -> texts.say("changed.undo-by-hand")));
        return text.toString();
    }

    private static void paragraph(StringBuilder text, String paragraph) {
        text.append(paragraph).append(LINE_END).append(LINE_END);
    }

    private String who(AddressChange change) {
        var version = change.version();
        var author = version.author();
        var line = texts.say("changed.who", String.valueOf(version.number()), TIME.format(version.at()), name(author))
                + " (" + texts.say("changed.via." + Word.of(author.via())) + (author.peer().isEmpty() ? "" : ", " + author.peer()) + ")";
        return author.note().isEmpty() ? line : line + LINE_END + texts.say("changed.why", author.note());
    }

    private static String name(Author author) {
        return author.behalf().isEmpty() ? author.actor() : author.behalf() + " (" + author.actor() + ")";
    }

    private String what(AddressChange change) {
        var place = switch (change.place()) {
            case SettingsAddresses.Place.Company() -> texts.say("changed.company");
            case SettingsAddresses.Place.From(var context) ->
                context.map(name -> texts.say("changed.from-of", name.text())).orElseGet(() -> texts.say("changed.from"));
            case SettingsAddresses.Place.ReplyTo(var context) -> texts.say("changed.reply-to", context.text());
        };
        return "  " + place
                + LINE_END + "    " + texts.say("changed.before", shown(change.before()))
                + LINE_END + "    " + texts.say("changed.now", shown(change.after()));
    }

    private String shown(Optional<String> address) {
        return address.map(Visible::of).orElseGet(() -> texts.say("changed.none"));
    }
}
