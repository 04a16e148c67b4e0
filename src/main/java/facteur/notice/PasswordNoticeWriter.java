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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes a letter with a link for a new password of the console. Immutable; safe to share between threads.
public final class PasswordNoticeWriter {
    private static final String PARAGRAPH = "\r\n\r\n";

    private final String hostname;
    private final Address sharedAddress;
    private final ReversePath reversePath;
    private final Texts texts;

    /// @param hostname for Message-ID
    /// @param sharedAddress the From of the letters
    /// @param reversePath of the letters
    public PasswordNoticeWriter(String hostname, Address sharedAddress, ReversePath reversePath, Language language) {
        this.hostname = hostname;
        this.sharedAddress = sharedAddress;
        this.reversePath = reversePath;
        this.texts = Texts.in(language, PasswordNoticeWriter.class);
    }

    Address from() {
        return sharedAddress;
    }

    ReversePath reversePath() {
        return reversePath;
    }

    /// @param link good for an hour
    /// @param queueId of the letter itself
    Message write(Mailbox to, String login, URI link, String queueId, Instant now) {
        var from = new Mailbox(texts.say("from"), sharedAddress);
        var header = new AutomaticHeader(from, to, texts.say("password.subject", link.getHost()), now, queueId + "@" + hostname).generated(
                HeaderField.of("Content-Type", "text/plain; charset=utf-8"),
                HeaderField.of("Content-Transfer-Encoding", "quoted-printable"));
        var text = texts.say("password.what", login, link.getHost()) + PARAGRAPH
                + texts.say("password.link") + PARAGRAPH
                + "  " + link + PARAGRAPH
                + texts.say("password.fine") + PARAGRAPH;
        return new Message(header, new MemoryBody(QuotedPrintable.encode(text).getBytes(StandardCharsets.US_ASCII)));
    }
}
