package facteur.relay;

import facteur.delivery.Queues;
import facteur.intake.KnownBadRule;
import facteur.mail.arc.ArcSealer;
import facteur.mail.dkim.DnsKeys;
import facteur.mail.dkim.SigningKeys;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.office.AutoReplies;
import facteur.office.KnownBad;
import facteur.platform.clock.PollInterval;
import facteur.platform.dns.CachedDns;
import facteur.returns.CheckedDoor;
import facteur.returns.LateReplies;
import facteur.returns.PostmasterMail;
import facteur.returns.ReplyRelay;
import facteur.returns.ReplySeal;
import facteur.returns.ReturnDesk;
import facteur.returns.ReturnDoor;
import facteur.returns.ReturnSettings;
import facteur.returns.WhoAnswers;
import facteur.spool.BadAddresses;
import facteur.spool.ReturnKeyRing;
import facteur.spool.ReturnStore;
import facteur.spool.SentLetters;
import facteur.spool.SqlSpool;
import java.time.Duration;
import java.util.Optional;

/// What takes what comes back, assembled. It follows the configuration: a reload may add or remove the section `returns`.
///
/// Thread-safe.
final class ReturnParts {
    /// The host that hands a reply over waits for its 250, for minutes if need be (RFC 5321 §4.5.3.2.6).
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(10);

    private final CurrentConfig current;
    private final ReturnKeyRing keys;
    private final BadAddresses bad;
    private final ReturnDoor door;

    /// @param keys of return addresses
    /// @param signingKeys of domains, for seals
    ReturnParts(
            StartupParts base,
            CurrentConfig current,
            SqlSpool spool,
            OfficeRules rules,
            Queues queues,
            QueueIds queueIds,
            ReturnKeyRing keys,
            SigningKeys signingKeys) {
        this.current = current;
        this.keys = keys;
        var database = base.database();
        var journal = base.journal();
        var wall = base.clocks().wall();
        bad = new BadAddresses(database);
        var dns = new CachedDns((name, type) -> current.get().rules().domains().dns().open().ask(name, type), base.clocks().steady());
        var seal = new ReplySeal(
                new ArcSealer(signingKeys, new DnsKeys(dns, DNS_PATIENCE), wall), () -> current.get().returns().flatMap(ReturnSettings::sealDomain));
        var relay = new ReplyRelay(rules.inForce(), queues, queueIds, seal, journal, wall);
        var answers = new LateReplies(new SentLetters(database), new WhoAnswers(rules.inForce()), relay, journal);
        var desk = new ReturnDesk(
                new ReturnDesk.Rules(this::addresses, this::autoReplies, () -> current.get().letterKeep(), rules::office),
                new ReturnDesk.Readers(answers, new PostmasterMail(relay, this::postmaster, base.clocks().steady())::relay),
                new ReturnStore(spool, database, bad),
                spool.bodyFiles(),
                queueIds,
                journal,
                wall);
        this.door = new CheckedDoor(this::addresses, desk);
    }

    /// Empty while letters leave without.
    Optional<ReturnAddresses> addresses() {
        return current.get().returns().map(returns -> new ReturnAddresses(returns.domains(), keys::keys));
    }

    private AutoReplies autoReplies() {
        return current.get().returns().map(ReturnSettings::autoReplies).orElse(AutoReplies.LOG);
    }

    private Address postmaster() {
        return current.get().returns().map(ReturnSettings::postmaster).orElseGet(() -> current.get().sharedAddress());
    }

    /// Other nodes make keys and add to the list, too.
    void start(PeriodicTasks duties) {
        duties.repeat("return-keys", Duration.ofMinutes(1), Duration.ofMinutes(1), keys);
        duties.repeat("bad-addresses", Duration.ZERO, PollInterval.of(Duration.ofSeconds(30)), bad);
    }

    /// What becomes of letters to addresses that don't work.
    KnownBadRule knownBad() {
        return new KnownBadRule(bad::among, () -> current.get().returns().map(ReturnSettings::knownBad).orElse(KnownBad.IGNORE));
    }

    /// What listeners for returns ask.
    ReturnDoor door() {
        return door;
    }
}
