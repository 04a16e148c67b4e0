package facteur.notice;

import facteur.domain.Claim;
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
import facteur.office.OfficeSettings;
import facteur.platform.idna.DomainName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes a letter about a domain. Immutable; safe to share between threads.
public final class NoticeWriter {
    private final String hostname;
    private final Address sharedAddress;
    private final ReversePath reversePath;
    private final Texts texts;

    /// @param hostname for Message-ID
    /// @param sharedAddress the From of the letters
    /// @param reversePath of the letters
    public NoticeWriter(String hostname, Address sharedAddress, ReversePath reversePath, Language language) {
        this.hostname = hostname;
        this.sharedAddress = sharedAddress;
        this.reversePath = reversePath;
        this.texts = Texts.in(language, NoticeWriter.class);
    }

    Address from() {
        return sharedAddress;
    }

    ReversePath reversePath() {
        return reversePath;
    }

    /// @param queueId of the letter itself
    Message write(Claim claim, OfficeSettings office, String queueId, Instant now) {
        var from = new Mailbox(texts.say("from"), sharedAddress);
        var subject = texts.say("subject." + claim.state().word(), claim.domain());
        var header = new AutomaticHeader(from, office.company(), subject, now, queueId + "@" + hostname).generated(
                HeaderField.of("Content-Type", "text/plain; charset=utf-8"),
                HeaderField.of("Content-Transfer-Encoding", "quoted-printable"));
        return new Message(
                header, new MemoryBody(QuotedPrintable.encode(text(claim, office)).getBytes(StandardCharsets.US_ASCII)));
    }

    private String text(Claim claim, OfficeSettings office) {
        var word = claim.state().word();
        var what = texts.say(word, DomainName.shown(claim.domain()));
        var found = claim.state().reason().isEmpty()
                ? ""
                : texts.say("found") + "\r\n\r\n  " + claim.state().reason() + "\r\n\r\n"
                        + texts.say("remedy", claim.domain()) + "\r\n\r\n";
        return texts.say("greeting", hostname) + "\r\n\r\n" + what + "\r\n\r\n" + consequence(claim, office) + "\r\n\r\n" + found;
    }

    private String consequence(Claim claim, OfficeSettings office) {
        if (claim.state().isUsable()) {
            return texts.say("under-own", claim.domain());
        }
        return switch (office.whenUnverified()) {
            case FALLBACK -> texts.say("under-shared", sharedAddress.toString());
            case REFUSE -> texts.say("refused", claim.domain());
        };
    }
}
