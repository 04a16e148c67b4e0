package facteur.admin;

import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/// When the certificate for apps ends; no sample without one. Thread-safe.
public final class CertificateMeter implements Collector {
    private final TlsKeys keys;

    public CertificateMeter(TlsKeys keys) {
        this.keys = keys;
    }

    @Override
    public MetricSnapshot collect() {
        var gauge = GaugeSnapshot.builder()
                .name("facteur_certificate_expires_at_seconds")
                .help("When the certificate for apps ends, since 1970");
        keys.expiresAt().ifPresent(at -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().value((double) at.getEpochSecond()).build()));
        return gauge.build();
    }
}
