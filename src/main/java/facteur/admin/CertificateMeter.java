package facteur.admin;

import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/// The expiry of the certificate for apps; no sample without one. Thread-safe.
public final class CertificateMeter implements Collector {
    private final TlsKeys keys;

    public CertificateMeter(TlsKeys keys) {
        this.keys = keys;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name("facteur_certificate_expires_at_seconds")
                .help("Expiry of the listener certificate, as a Unix timestamp");
        keys.expiresAt().ifPresent(at -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().value((double) at.getEpochSecond()).build()));
        return gauge.build();
    }
}
