package facteur.domain;

import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.KeyState;
import facteur.office.OfficeId;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Where claims are made, checked and given up: by an operator's command, beside a running daemon or without one, and by
/// the daemon itself. Every change is a row that changes from what it is known to be; a daemon sees it within seconds.
///
/// Thread-safe.
public final class DomainDesk {
    private static final int TOKEN_BYTES = 20;
    /// How many claims of an office may wait for their records.
    public static final int MOST_PENDING = 20;

    private final Database database;
    private final KeyFolder keys;
    private final DomainCheck check;
    private final Lifecycle lifecycle;
    private final KeyRecords keyRecords;
    private final InstantSource time;
    private final ClockTrust trust;
    private final RandomGenerator random;
    private final Runnable listener;

    /// @param expireAfter how long a letter is tried
    /// @param trust while there is none, nothing ends by its age
    /// @param random makes tokens that can't be guessed
    public DomainDesk(
            Database database,
            KeyFolder keys,
            DomainCheck check,
            Lifecycle lifecycle,
            Duration expireAfter,
            InstantSource time,
            ClockTrust trust,
            RandomGenerator random) {
        this(database, keys, check, lifecycle, expireAfter, time, trust, random, () -> {});
    }

    /// @param listener learns of each change
    public DomainDesk(
            Database database,
            KeyFolder keys,
            DomainCheck check,
            Lifecycle lifecycle,
            Duration expireAfter,
            InstantSource time,
            ClockTrust trust,
            RandomGenerator random,
            Runnable listener) {
        this.listener = listener;
        this.database = database;
        this.keys = keys;
        this.check = check;
        this.lifecycle = lifecycle;
        this.keyRecords = KeyRecords.where(expireAfter);
        this.time = time;
        this.trust = trust;
        this.random = random;
    }

    public Instant now() {
        return time.instant();
    }

    /// All claims, by domain.
    public List<Claim> list() throws SQLException {
        return database.reading(ClaimRows::all);
    }

    /// Those on one domain; several when several offices want it.
    ///
    /// @param domain in lower case and A-labels, as everywhere here
    public List<Claim> of(String domain) throws SQLException {
        return database.reading(statements -> ClaimRows.of(statements, domain));
    }

    /// Those of one office, by domain.
    public List<Claim> of(OfficeId office) throws SQLException {
        return database.reading(statements -> ClaimRows.of(statements, office));
    }

    /// The office's own claim, if it has one.
    ///
    /// @param text as a person or a program names the domain
    public Optional<Claim> find(OfficeId office, String text) throws SQLException {
        return switch (DomainText.read(text)) {
            case DomainText.Domain(var domain) -> database.reading(statements -> ClaimRows.one(statements, domain, office));
            case DomainText.Meant _, DomainText.Bad _ -> Optional.empty();
        };
    }

    /// Whether an office has as many claims as may wait for their records.
    ///
    /// @param claims of the office
    public static boolean isFull(List<Claim> claims) {
        return claims.stream().filter(claim -> claim.state() instanceof DomainState.Pending).count() >= MOST_PENDING;
    }

    /// Makes a claim, and keys for the domain if it has none. A claim that is there stays as it is, token and all.
    ///
    /// @throws IOException when keys can't be made; then there is no new claim
    public Claim add(String domain, OfficeId office) throws SQLException, IOException {
        var now = now();
        keys.create(domain, now);
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        var claim = new Claim(
                domain, office, HexFormat.of().formatHex(token), now, new DomainState.Pending(now), now, Optional.empty(), Optional.empty());
        var added = database.inTransaction(statements -> {
            ClaimRows.insert(statements, claim);
            return ClaimRows.one(statements, domain, office).orElseThrow();
        });
        if (added.token().equals(claim.token())) {
            listener.run();
        }
        return added;
    }

    /// Gives a claim up; the last one on a domain takes the domain's keys with it.
    ///
    /// @return false when there was none
    public boolean remove(String domain, OfficeId office) throws SQLException, IOException {
        var isLast = database.inTransaction(statements -> {
            var deleted = ClaimRows.delete(statements, domain, office);
            return deleted ? Optional.of(ClaimRows.of(statements, domain).isEmpty()) : Optional.<Boolean>empty();
        });
        if (isLast.equals(Optional.of(true))) {
            keys.remove(domain);
        }
        if (isLast.isPresent()) {
            listener.run();
        }
        return isLast.isPresent();
    }

    /// What a check came to.
    ///
    /// @param after the claim, as it is now
    public record Checked(Findings findings, Claim after) {}

    /// Looks at the DNS now, and writes down what that comes to.
    public Checked check(Claim claim) throws SQLException, IOException {
        var findings = check.look(claim, keys.read(claim.domain()));
        var now = now();
        var evidence = findings.evidence();
        var isSettled = trust.isSettled();
        var next = lifecycle.step(claim.state(), claim.sureAt().orElse(claim.addedAt()), evidence, now);
        var step = soonForNewKeys(isSettled ? next : Lifecycle.patient(claim.state(), next, now), findings, now);
        var sureAt = evidence instanceof Evidence.Unclear ? claim.sureAt() : Optional.of(now);
        database.inTransaction(statements -> ClaimRows.update(statements, claim, step, sureAt, now));
        var isActivated = tend(claim.domain(), findings.keys(), step.next(), now);
        if (isSettled) {
            keys.forget(claim.domain(), now.minus(keyRecords.keyLife()));
        }
        if (isActivated || !step.next().word().equals(claim.state().word())) {
            listener.run();
        }
        var after = database.reading(statements -> ClaimRows.one(statements, claim.domain(), claim.office()));
        return new Checked(findings, after.orElse(claim));
    }

    /// Looks at the DNS, and writes nothing down.
    public Findings look(Claim claim) {
        return check.look(claim, keys.read(claim.domain()));
    }

    /// Why records that are wrong may be so. Asks the DNS where such records end up.
    public List<RecordFault> faults(Findings findings) {
        return check.faults(findings);
    }

    /// Until when letters leave under a domain whose records are missing, at least.
    public Instant usedUntil(DomainState.Degraded degraded) {
        return degraded.since().plus(lifecycle.grace());
    }

    /// Looks for what a reverse-path's domain says of who may send under it. Writes nothing down.
    ///
    /// @param domain in A-labels
    public Spf spf(String domain) {
        return check.spf(domain);
    }

    /// A key that was announced isn't left waiting for a day.
    private static Lifecycle.Step soonForNewKeys(Lifecycle.Step step, Findings findings, Instant now) {
        var soon = now.plus(Lifecycle.SOON);
        var isWaiting = findings.keys().stream()
                .anyMatch(key -> key.key().state() == KeyState.ANNOUNCED && key.finding().verdict() != Finding.Verdict.RIGHT);
        return isWaiting && step.nextCheckAt().isAfter(soon) ? new Lifecycle.Step(step.next(), soon) : step;
    }

    /// Letters are signed with keys that receivers can find.
    ///
    /// @return whether there is a new one to sign with
    private boolean tend(String domain, List<KeyFinding> found, DomainState state, Instant now) throws IOException {
        var isActivated = false;
        for (var key : found) {
            var selector = key.key().key().selector();
            if (key.isRight() && key.key().state() == KeyState.ANNOUNCED) {
                keys.activate(domain, selector, now);
                isActivated = true;
            } else if (!state.isUsable() && key.finding().verdict() == Finding.Verdict.WRONG) {
                keys.withhold(domain, selector, now);
            }
        }
        return isActivated;
    }

    /// Announces new keys. Letters are signed with the old ones until the records of the new ones are seen.
    public void rotate(String domain) throws SQLException, IOException {
        var now = now();
        keys.rotate(domain, now);
        database.inTransaction(statements -> {
            for (var claim : ClaimRows.of(statements, domain)) {
                ClaimRows.lease(statements, claim, now);
            }
            return domain;
        });
        listener.run();
    }

    /// The records to be published for a claim.
    public List<DnsRecord> records(Claim claim) {
        var records = new ArrayList<DnsRecord>();
        records.add(new DnsRecord(
                claim.ownershipName(),
                claim.ownershipText(),
                new DnsRecord.Purpose.Ownership(),
                "says that office " + claim.office() + " may write under " + claim.domain()));
        records.addAll(keyRecords.of(keys.read(claim.domain())));
        return records;
    }

    /// Why a key of a domain can't be read, so that its record isn't known.
    public List<String> keyProblems(String domain) {
        return keys.read(domain).problems();
    }

    /// Leases claims that are due, so that no other process checks them.
    ///
    /// @param lease how long
    List<Claim> leaseDue(int limit, Duration lease) throws SQLException {
        var now = now();
        var due = database.reading(statements -> ClaimRows.due(statements, now, now.plus(Lifecycle.LONGEST), limit));
        var until = now.plus(lease);
        return due.isEmpty() ? due : database.inTransaction(statements -> {
            var leased = new ArrayList<Claim>();
            for (var claim : due) {
                if (ClaimRows.lease(statements, claim, until)) {
                    leased.add(claim.leasedUntil(until));
                }
            }
            return leased;
        });
    }
}
