package facteur.domain;

import facteur.mail.dkim.DomainKeys;
import facteur.mail.dkim.StoredKey;
import java.time.Duration;
import java.util.List;

/// The records of a domain's keys. Immutable.
///
/// @param keyLife how long a retired key's record stays needed
record KeyRecords(Duration keyLife) {
    /// How long it does after the last letter signed with it has left us: letters wait at smarthosts, and mailboxes are read late.
    private static final Duration ELSEWHERE = Duration.ofDays(7);

    /// @param expireAfter how long a letter is tried
    static KeyRecords where(Duration expireAfter) {
        return new KeyRecords(expireAfter.plus(ELSEWHERE));
    }

    List<DnsRecord> of(DomainKeys held) {
        return held.keys().stream().map(stored -> {
            var purpose = purpose(stored);
            return new DnsRecord(stored.key().recordName(held.domain()), stored.key().recordText(), purpose, note(purpose));
        }).toList();
    }

    private DnsRecord.Purpose purpose(StoredKey stored) {
        return switch (stored.state()) {
            case ANNOUNCED -> new DnsRecord.Purpose.NextKey();
            case ACTIVE -> new DnsRecord.Purpose.Key();
            case RETIRED -> new DnsRecord.Purpose.OldKey(stored.since().plus(keyLife));
        };
    }

    static String note(DnsRecord.Purpose purpose) {
        return switch (purpose) {
            case DnsRecord.Purpose.Ownership() -> "says who may write under it";
            case DnsRecord.Purpose.NextKey() -> "key, not seen in DNS yet";
            case DnsRecord.Purpose.Key() -> "key that letters are signed with";
            case DnsRecord.Purpose.OldKey(var until) -> "old key: leave its record until " + until + ", then delete it";
            case DnsRecord.Purpose.Mail() ->
                "what comes back is handed over here: this host needs an address, and a listener with takes: returns on port 25";
            case DnsRecord.Purpose.Sending() ->
                "says that letters may come from the smarthost; where its operator names an include:, write that instead";
        };
    }
}
