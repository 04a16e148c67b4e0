package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.tls.TlsKeys;
import java.time.Duration;
import java.time.InstantSource;

/// Warns of a certificate that expires soon or has expired; to be run every day. Thread-safe.
public final class CertificateExpiryWatch implements Runnable {
    /// Time enough for a certificate that people order by hand.
    private static final Duration AHEAD = Duration.ofDays(21);

    private final TlsKeys keys;
    private final InstantSource time;
    private final Journal journal;

    public CertificateExpiryWatch(TlsKeys keys, InstantSource time, Journal journal) {
        this.keys = keys;
        this.time = time;
        this.journal = journal;
    }

    @Override
    public void run() {
        var warnFrom = time.instant().plus(AHEAD);
        keys.current().filter(material -> !material.expiresAt().isAfter(warnFrom))
                .ifPresent(material -> journal.record(new MailEvent.CertificateExpires(material.file().toString(), material.expiresAt())));
    }
}
