package facteur.notice;

import facteur.access.Persons;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.spool.SpoolException;
import java.net.URI;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends links for new passwords to persons of the console who have forgotten theirs. Thread-safe.
///
/// Who asks is told the same whether there is such an account, and at once, so that the time tells nothing either. Of a flood of such
/// wishes only a few are looked at.
public final class PasswordNotices {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordNotices.class);
    private static final String NO_OFFICE = "";
    private static final int AT_ONCE = 4;

    private final Semaphore turns = new Semaphore(AT_ONCE);

    private final Persons persons;
    private final Function<Optional<String>, PasswordNoticeWriter> writers;
    private final Supplier<URI> console;
    private final Signer signer;
    private final ChangeNotices.Outbox outbox;
    private final QueueIds queueIds;
    private final InstantSource time;

    /// @param writers in a person's language; without one, in that of the configuration
    /// @param console what browsers call it
    public PasswordNotices(
            Persons persons,
            Function<Optional<String>, PasswordNoticeWriter> writers,
            Supplier<URI> console,
            Signer signer,
            ChangeNotices.Outbox outbox,
            QueueIds queueIds,
            InstantSource time) {
        this.persons = persons;
        this.writers = writers;
        this.console = console;
        this.signer = signer;
        this.outbox = outbox;
        this.queueIds = queueIds;
        this.time = time;
    }

    /// Has it sent on another thread.
    ///
    /// @param who a login, or a mail address
    public void ask(String who) {
        if (turns.tryAcquire()) {
            var _ = Thread.ofVirtual().name("forgotten-password").start(() -> {
                try {
                    send(who);
                } finally {
                    turns.release();
                }
            });
        }
    }

    /// @param who a login, or a mail address
    void send(String who) {
        try {
            for (var forgotten : persons.forgotten(who)) {
                var person = forgotten.person();
                var address = person.address().flatMap(Address::parse).filter(Address::isAsciiCapable);
                if (address.isPresent()) {
                    var link = console.get().resolve("/password/" + forgotten.link().text());
                    send(new Mailbox(person.name(), address.get()), person.login(), link, writers.apply(person.language()));
                }
            }
        } catch (SQLException | SpoolException notNow) {
            LOG.warn("a link for a new password can't be sent: {}", notNow.getMessage());
        }
    }

    private void send(Mailbox to, String login, URI link, PasswordNoticeWriter writer) throws SpoolException {
        var id = queueIds.next();
        var now = time.instant();
        var envelope = new Envelope(writer.reversePath(), List.of(to.address().toAscii()), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var provenance = Provenance.ofOurs(new Provenance.Office(NO_OFFICE), "");
        var message = signer.sign(writer.write(to, login, link, id.text(), now), writer.from());
        outbox.enqueue(new Letter(id, now, provenance, envelope, ReversePath.NULL, message));
    }
}
