package facteur.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;

/// Counts requests by route and status. The routes are ours, so there are few labels, however many offices and clients there
/// are. Thread-safe.
final class WebMeters {
    private final Counter requests;

    WebMeters(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("facteur_web_requests_total")
                .help("Requests at console.address, by route and status")
                .labelNames("route", "status")
                .withoutExemplars()
                .register(registry);
    }

    void count(Optional<Route> route, int status) {
        requests.labelValues(route.map(Route::toString).orElse("none"), Integer.toString(status)).inc();
    }
}
