package facteur.notice;

import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.platform.json.JsonValue;
import facteur.platform.log.Erasure;
import facteur.spool.SpoolException;
import facteur.store.ToldVersions;
import facteur.store.Untold;
import facteur.store.VersionDetail;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to an office's own company when one of its addresses has changed, by whichever door: to the address as it is and as it was,
/// so that replies aren't led away in silence. The first change is told at once, later ones of the same office are gathered for an
/// hour. [#run] is one round.
///
/// A change is found in the history, so it is told also when a command made it, or another node, or before a restart. Nodes that
/// share the database tell each office once: see [ToldVersions].
///
/// For one thread.
public final class ChangeNotices implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeNotices.class);

    private static final Duration GATHERED = Duration.ofHours(1);
    /// Longer than it takes to store a few letters.
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_LETTERS = 5;

    /// Stores a letter of our own, to be delivered.
    @FunctionalInterface
    public interface Outbox {
        void enqueue(Letter letter) throws SpoolException;
    }

    private final ToldVersions told;
    private final BooleanSupplier isInForce;
    private final Supplier<ChangeNoticeWriter> writer;
    private final Signer signer;
    private final Outbox outbox;
    private final QueueIds queueIds;
    private final InstantSource time;
    private long seenEdition = -1;
    private Instant nextAt = Instant.MAX;

    /// @param isInForce whether letters use the settings in the database
    /// @param writer as it is in force
    public ChangeNotices(
            ToldVersions told,
            BooleanSupplier isInForce,
            Supplier<ChangeNoticeWriter> writer,
            Signer signer,
            Outbox outbox,
            QueueIds queueIds,
            InstantSource time) {
        this.told = told;
        this.isInForce = isInForce;
        this.writer = writer;
        this.signer = signer;
        this.outbox = outbox;
        this.queueIds = queueIds;
        this.time = time;
    }

    @Override
    public void run() {
        if (!isInForce.getAsBoolean()) {
            return;
        }
        try {
            look();
        } catch (SQLException failure) {
            // The spool in the same database reports that it is away.
            LOG.debug("offices can't be told of changes now: {}", failure.getMessage());
        }
    }

    private void look() throws SQLException {
        var edition = told.edition();
        if (edition == seenEdition && time.instant().isBefore(nextAt)) {
            return;
        }
        var next = Instant.MAX;
        for (var office : told.untold()) {
            var dueAt = dueAt(office);
            var again = dueAt.isAfter(time.instant()) ? dueAt : tell(office);
            next = again.isBefore(next) ? again : next;
        }
        seenEdition = edition;
        nextAt = next;
    }

    /// A time in the future is of a clock that was set back since: then the wait begins again, and ends.
    private Instant dueAt(Untold office) {
        var now = time.instant();
        if (!office.letters().isEmpty()) {
            return office.leasedUntil().isAfter(now.plus(LEASE)) ? now : office.leasedUntil();
        }
        return office.toldAt().isAfter(now) ? now : office.toldAt().plus(GATHERED);
    }

    /// @return when to look again; never when that is done
    private Instant tell(Untold office) throws SQLException {
        var versions = told.changes(office, MOST_VERSIONS);
        var base = told.base(office);
        var changes = AddressChange.of(base, versions);
        var recipients = recipients(base, versions);
        if (changes.isEmpty() || recipients.isEmpty()) {
            told.passOver(office);
            return Instant.MAX;
        }
        var letters = office.letters().isEmpty() ? recipients.stream().map(_ -> queueIds.next()).toList() : office.letters();
        var now = time.instant();
        if (!told.begin(office, letters, now, now.plus(LEASE))) {
            return now.plus(LEASE);
        }
        var earlier = told.lastBefore(office.office(), changes.getFirst().version().number());
        try {
            for (var i = 0; i < Math.min(letters.size(), recipients.size()); i++) {
                send(letters.get(i), recipients.get(i), office, changes, earlier);
            }
        } catch (SpoolException failure) {
            LOG.warn("can't store a notice to office {} now: {}", office.office(), failure.getMessage());
            return now.plus(LEASE);
        }
        told.end(office, letters, time.instant());
        // What has changed since that began.
        return now.plus(GATHERED);
    }

    /// As it was before, as it is now, and as it was between, each address once: a row of changes can't push out the first.
    private static List<Mailbox> recipients(Optional<JsonValue> base, List<VersionDetail> versions) {
        var settings = new ArrayList<Optional<JsonValue>>();
        settings.add(base);
        versions.stream().map(VersionDetail::before).filter(Optional::isPresent).limit(1).forEach(settings::add);
        versions.reversed().forEach(version -> settings.add(version.after()));
        var byAddress = new LinkedHashMap<String, Mailbox>();
        settings.stream()
                .flatMap(each -> SettingsAddresses.of(each).company().stream())
                .filter(company -> company.address().isAsciiCapable())
                // A person that was erased from the history.
                .filter(company -> !company.address().toString().equals(Erasure.FORGOTTEN))
                .forEach(company -> byAddress.putIfAbsent(company.address().toAscii().toString(), company));
        return byAddress.values().stream().limit(MOST_LETTERS).toList();
    }

    /// One that an earlier try has stored is not stored again.
    private void send(QueueId id, Mailbox to, Untold office, List<AddressChange> changes, Optional<Long> earlier)
            throws SQLException, SpoolException {
        if (told.isStored(id)) {
            return;
        }
        var current = writer.get();
        var now = time.instant();
        var envelope = new Envelope(current.reversePath(), List.of(to.address().toAscii()), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var provenance = Provenance.ofOurs(new Provenance.Office(office.office().text()), "v" + office.upTo());
        var message = signer.sign(current.write(office.office(), to, changes, earlier, id.text(), now), current.from());
        outbox.enqueue(new Letter(id, now, provenance, envelope, ReversePath.NULL, message));
    }
}
