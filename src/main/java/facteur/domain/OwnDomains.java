package facteur.domain;

import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.KeyState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The domains of the relay itself: where its keys are made and checked, and which records they need. No claim says whose they are:
/// the configuration does.
///
/// Thread-safe; blocks for the DNS and the disk.
public final class OwnDomains {
    private final List<OwnDomain> domains;
    private final String host;
    private final List<String> smarthosts;
    private final KeyFolder keys;
    private final DomainCheck check;
    private final KeyRecords records;
    private final InstantSource time;
    private final Runnable listener;

    /// @param host that takes what comes back
    /// @param smarthosts that letters leave by
    /// @param expireAfter how long a letter is tried
    /// @param listener learns of each change
    public OwnDomains(
            List<OwnDomain> domains,
            String host,
            List<String> smarthosts,
            KeyFolder keys,
            DomainCheck check,
            Duration expireAfter,
            InstantSource time,
            Runnable listener) {
        this.domains = List.copyOf(domains);
        this.host = host;
        this.smarthosts = List.copyOf(smarthosts);
        this.keys = keys;
        this.check = check;
        this.records = KeyRecords.where(expireAfter);
        this.time = time;
        this.listener = listener;
    }

    /// In the order of the configuration.
    public List<OwnDomain> list() {
        return domains;
    }

    /// @param domain in lower case and A-labels
    public Optional<OwnDomain> find(String domain) {
        return domains.stream().filter(own -> own.domain().equals(domain)).findFirst();
    }

    /// Makes keys if there are none.
    public void add(OwnDomain own) throws IOException {
        var before = keys.read(own.domain()).keys().size();
        if (keys.create(own.domain(), time.instant()).keys().size() > before) {
            listener.run();
        }
    }

    /// Announces new keys; the old ones sign until the records of the new ones are seen.
    public void rotate(OwnDomain own) throws IOException {
        var _ = keys.rotate(own.domain(), time.instant());
        listener.run();
    }

    /// Deletes its keys: letters are no longer signed with them.
    public void remove(OwnDomain own) throws IOException {
        keys.remove(own.domain());
        listener.run();
    }

    /// Whether a key of it waits for its record to be seen.
    public boolean isWaiting(OwnDomain own) {
        return !keys.read(own.domain()).in(KeyState.ANNOUNCED).isEmpty();
    }

    /// How the keys of a domain stand.
    public enum State {
        NO_KEY,
        /// The record of none was seen yet.
        WAITING,
        SIGNING
    }

    public State state(OwnDomain own) {
        var held = keys.read(own.domain());
        if (!held.signing().isEmpty()) {
            return State.SIGNING;
        }
        return held.keys().isEmpty() ? State.NO_KEY : State.WAITING;
    }

    /// Why a key of it can't be read.
    public List<String> keyProblems(OwnDomain own) {
        return keys.read(own.domain()).problems();
    }

    /// Looks for the records of its keys; those that are there sign from now on, and the ones before retire.
    public List<KeyFinding> check(OwnDomain own) throws IOException {
        var found = check.keys(own.domain(), keys.read(own.domain()));
        var now = time.instant();
        for (var key : found) {
            if (key.isRight() && key.key().state() == KeyState.ANNOUNCED) {
                keys.activate(own.domain(), key.key().key().selector(), now);
                listener.run();
            }
        }
        keys.forget(own.domain(), now.minus(records.keyLife()));
        return found;
    }

    /// Looks for what it says of who may send under it; empty where no reverse-path is under it.
    public Optional<Spf> spf(OwnDomain own) {
        return own.uses().contains(OwnDomain.Use.BOUNCES) ? Optional.of(check.spf(own.domain())) : Optional.empty();
    }

    /// Looks for where mail for it goes; empty where none comes here.
    public Optional<MailHosts> mailHosts(OwnDomain own) {
        return isMailDomain(own) ? Optional.of(check.mailHosts(own.domain(), host)) : Optional.empty();
    }

    private static boolean isMailDomain(OwnDomain own) {
        return own.uses().contains(OwnDomain.Use.BOUNCES) || own.uses().contains(OwnDomain.Use.REPLIES);
    }

    /// The records to be published for it.
    public List<DnsRecord> records(OwnDomain own) {
        var wanted = new ArrayList<DnsRecord>();
        if (isMailDomain(own)) {
            wanted.add(record(own, MailHosts.text(host), new DnsRecord.Purpose.Mail()));
        }
        if (own.uses().contains(OwnDomain.Use.BOUNCES) && !smarthosts.isEmpty()) {
            var hosts = smarthosts.stream().map(OwnDomains::mechanism).collect(Collectors.joining(" "));
            wanted.add(record(own, "v=spf1 " + hosts + " ~all", new DnsRecord.Purpose.Sending()));
        }
        wanted.addAll(records.of(keys.read(own.domain())));
        return wanted;
    }

    private static DnsRecord record(OwnDomain own, String text, DnsRecord.Purpose purpose) {
        return new DnsRecord(own.domain(), text, purpose, KeyRecords.note(purpose));
    }

    /// RFC 7208 §5.3, §5.6.
    private static String mechanism(String host) {
        if (host.contains(":")) {
            return "ip6:" + host;
        }
        return host.matches("[0-9.]+") ? "ip4:" + host : "a:" + host;
    }
}
