package facteur.notice;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.Dsn;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import facteur.spool.SpoolException;
import facteur.spool.UntoldReturns;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people of an office, and the app, what came back of their letters: of the first return of a letter at once, of others
/// within ten minutes of it together. [#run] is one round; when nothing is due, it is one look at an index.
///
/// What is to be told was stored with the return, so it is told after a crash as well, or by another node: see [UntoldReturns].
///
/// For one thread.
public final class ReturnNotices implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnNotices.class);

    /// Longer than it takes to store a few letters.
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final UntoldReturns untold;
    private final Supplier<Optional<ReturnReaders.Telling>> telling;
    private final ReturnReaders readers;
    private final ReturnLetters letters;
    private final ChangeNotices.Outbox outbox;
    private final QueueIds queueIds;
    private final Journal journal;
    private final InstantSource time;

    /// @param telling as it is in force; empty = nothing is told
    public ReturnNotices(
            UntoldReturns untold,
            Supplier<Optional<ReturnReaders.Telling>> telling,
            ReturnReaders readers,
            ReturnLetters letters,
            ChangeNotices.Outbox outbox,
            QueueIds queueIds,
            Journal journal,
            InstantSource time) {
        this.untold = untold;
        this.telling = telling;
        this.readers = readers;
        this.letters = letters;
        this.outbox = outbox;
        this.queueIds = queueIds;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public void run() {
        telling.get().ifPresent(current -> {
            try {
                for (var due : untold.untold(time.instant())) {
                    tell(due, current);
                }
            } catch (SQLException failure) {
                // The spool in the same database reports that it is away.
                LOG.debug("no one can be told of returned letters now: {}", failure.getMessage());
            }
        });
    }

    private void tell(UntoldReturns.Due due, ReturnReaders.Telling current) throws SQLException {
        var letter = untold.read(due.letter(), List.of());
        if (letter.isEmpty()) {
            // It was forgotten meanwhile.
            tell(due, List.of(), (_, _) -> {});
            return;
        }
        switch (due.reader()) {
            case OFFICE -> tellOffice(due, letter.get(), current);
            case APP -> tellApp(due, letter.get(), current);
        }
    }

    private void tellOffice(UntoldReturns.Due due, ReturnedLetter letter, ReturnReaders.Telling current) throws SQLException {
        var found = readers.of(letter, current);
        if (found.isEmpty()) {
            untold.postpone(due, time.instant().plus(LEASE));
            return;
        }
        var people = found.get().people();
        tell(due, people.stream().map(_ -> queueIds.next()).toList(), (returned, ids) -> {
            for (var i = 0; i < Math.min(ids.size(), people.size()); i++) {
                send(ids.get(i), returned, people.get(i), found.get().language());
            }
        });
    }

    private void tellApp(UntoldReturns.Due due, ReturnedLetter letter, ReturnReaders.Telling current) throws SQLException {
        var to = readers.app(letter, current);
        tell(due, to.stream().map(_ -> queueIds.next()).toList(), (returned, ids) -> {
            if (to.isPresent() && !ids.isEmpty()) {
                report(ids.getFirst(), returned, to.get());
            }
        });
    }

    /// What is sent once it is known of what.
    private interface Sending {
        /// @param ids of the letters
        void send(ReturnedLetter letter, List<QueueId> ids) throws SQLException, SpoolException;
    }

    /// @param fresh ids of the letters, unless another node began with others
    private void tell(UntoldReturns.Due due, List<QueueId> fresh, Sending sending) throws SQLException {
        var ids = due.letters().isEmpty() ? fresh : due.letters();
        var returns = untold.begin(due, ids, time.instant().plus(LEASE));
        if (returns.isEmpty()) {
            return;
        }
        try {
            var letter = untold.read(due.letter(), returns.get());
            if (letter.isPresent() && !letter.get().returns().isEmpty()) {
                sending.send(letter.get(), ids);
            }
            untold.end(due, ids, time.instant());
        } catch (SpoolException failure) {
            LOG.warn("can't store a notice of a returned letter now: {}", failure.getMessage());
        }
    }

    /// One that an earlier try has stored is not stored again.
    private void send(QueueId id, ReturnedLetter letter, Mailbox to, Optional<Language> language) throws SQLException, SpoolException {
        if (!untold.isStored(id)) {
            outbox.enqueue(letters.notice(id, letter, to, language));
            journal.record(new MailEvent.ReturnTold(
                    letter.id().text(), id.text(), letter.provenance().office().text(), to.address().toString()));
        }
    }

    private void report(QueueId id, ReturnedLetter letter, Address to) throws SQLException, SpoolException {
        var dsn = letters.report(letter, to);
        if (dsn.isPresent() && !untold.isStored(id)) {
            outbox.enqueue(letters.report(id, letter, dsn.get()));
            journal.record(event(letter, id, dsn.get()));
        }
    }

    private static MailEvent event(ReturnedLetter letter, QueueId report, Dsn dsn) {
        var reversePath = ReversePath.of(dsn.to()).toString();
        return switch (dsn.gravest()) {
            case FAILED -> new MailEvent.Bounced(letter.id().text(), report.text(), reversePath);
            case DELAYED -> new MailEvent.DelayReported(letter.id().text(), report.text(), reversePath);
            case RELAYED, DELIVERED -> new MailEvent.Confirmed(letter.id().text(), report.text(), reversePath);
        };
    }
}
