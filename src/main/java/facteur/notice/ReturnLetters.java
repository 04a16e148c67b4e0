package facteur.notice;

import facteur.mail.automatic.Language;
import facteur.mail.bounce.Dsn;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes the letters that tell of what came back: to people, and to the app. Signed; no report on one is ever made. Thread-safe.
public final class ReturnLetters {
    private final Function<Optional<Language>, ReturnNoticeWriter> notices;
    private final Supplier<ReturnReportWriter> reports;
    private final Signer signer;
    private final InstantSource time;

    /// @param notices in an office's language; without one, in that of the configuration
    /// @param reports as they are in force
    public ReturnLetters(
            Function<Optional<Language>, ReturnNoticeWriter> notices, Supplier<ReturnReportWriter> reports, Signer signer, InstantSource time) {
        this.notices = notices;
        this.reports = reports;
        this.signer = signer;
        this.time = time;
    }

    Letter notice(QueueId id, ReturnedLetter letter, Mailbox to, Optional<Language> language) {
        var writer = notices.apply(language);
        var message = signer.sign(writer.write(letter, to, id.text(), time.instant()), writer.from());
        return letter(id, letter, writer.reversePath(), to.address().toAscii(), message);
    }

    /// @return empty when there is nothing that the app wants to know
    Optional<Dsn> report(ReturnedLetter letter, Address to) {
        return reports.get().report(letter, to);
    }

    Letter report(QueueId id, ReturnedLetter letter, Dsn dsn) {
        var current = reports.get();
        var message = signer.sign(current.writer().write(dsn, id.text(), time.instant()), current.writer().from());
        return letter(id, letter, current.reversePath(), dsn.to(), message);
    }

    private Letter letter(QueueId id, ReturnedLetter about, ReversePath reversePath, Address to, Message message) {
        var encoding = to.isAsciiCapable() ? HeaderEncoding.ASCII : HeaderEncoding.UTF8;
        var provenance = Provenance.ofOurs(about.provenance().office(), about.provenance().decision().settingsVersion());
        return new Letter(
                id, time.instant(), provenance, new Envelope(reversePath, List.of(to), BodyType.SEVEN_BIT, encoding), ReversePath.NULL, message);
    }
}
