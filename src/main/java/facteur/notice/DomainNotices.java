package facteur.notice;

import facteur.delivery.Queues;
import facteur.domain.Claim;
import facteur.domain.DomainState;
import facteur.domain.Transition;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueIds;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.spool.SpoolException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports what becomes of a domain: to the journal, and to the office, by a letter to its company. That goes through our own
/// queue, from the shared address, which doesn't depend on the domain; no report on it is made, and no app's rules
/// apply to it.
///
/// Thread-safe.
public final class DomainNotices implements Transition.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DomainNotices.class);

    private static final String UNCONFIRMED = new DomainState.Unconfirmed(Instant.EPOCH, "").word();

    private final Function<OfficeId, Lookup<OfficeSettings>> offices;
    private final Supplier<NoticeWriter> writer;
    private final Signer signer;
    private final Queues queues;
    private final QueueIds queueIds;
    private final Journal journal;
    private final InstantSource time;

    /// @param writer as it is in force
    public DomainNotices(
            Function<OfficeId, Lookup<OfficeSettings>> offices,
            Supplier<NoticeWriter> writer,
            Signer signer,
            Queues queues,
            QueueIds queueIds,
            Journal journal,
            InstantSource time) {
        this.offices = offices;
        this.writer = writer;
        this.signer = signer;
        this.queues = queues;
        this.queueIds = queueIds;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public Transition.Reported report(Transition transition) {
        var claim = transition.claim();
        return switch (offices.apply(claim.office())) {
            // There is no one to write to.
            case Lookup.Missing<OfficeSettings> _ -> done(transition);
            case Lookup.Unavailable<OfficeSettings> _, Lookup.Unusable<OfficeSettings> _ -> Transition.Reported.LATER;
            case Lookup.Found<OfficeSettings>(var office, _) -> isForTheOffice(transition) ? write(transition, office) : done(transition);
        };
    }

    /// DNS without an answer may be the fault of our own resolver: only the journal hears of it, and of its end.
    private static boolean isForTheOffice(Transition transition) {
        var now = transition.claim().state();
        return switch (now) {
            case DomainState.Unconfirmed _ -> false;
            case DomainState.Verified _ -> !transition.before().equals(UNCONFIRMED);
            case DomainState.Pending _, DomainState.Degraded _, DomainState.Suspended _, DomainState.Failed _ -> true;
        };
    }

    private Transition.Reported write(Transition transition, OfficeSettings office) {
        try {
            queues.enqueue(letter(transition.claim(), office));
            return done(transition);
        } catch (SpoolException failure) {
            LOG.warn("can't store a notice to office {} now: {}", office.id(), failure.getMessage());
            return Transition.Reported.LATER;
        }
    }

    private Letter letter(Claim claim, OfficeSettings office) {
        var id = queueIds.next();
        var now = time.instant();
        var current = writer.get();
        var envelope = new Envelope(
                current.reversePath(), List.of(office.company().address().toAscii()), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var provenance = Provenance.ofOurs(new Provenance.Office(office.id().text()), office.version());
        var message = signer.sign(current.write(claim, office, id.text(), now), current.from());
        return new Letter(id, now, provenance, envelope, ReversePath.NULL, message);
    }

    private Transition.Reported done(Transition transition) {
        var claim = transition.claim();
        journal.record(new MailEvent.DomainChanged(
                claim.domain(), claim.office().text(), transition.before(), claim.state().word(), claim.state().reason()));
        return Transition.Reported.DONE;
    }
}
