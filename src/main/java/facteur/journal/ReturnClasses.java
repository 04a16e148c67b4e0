package facteur.journal;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Counts what came back by the class of its status (RFC 3463 §3): the first two of its three numbers, of which there are few. Thread-safe.
final class ReturnClasses {
    static final String OTHERS = "other";

    private static final Pattern CLASS = Pattern.compile("([45]\\.[0-7])\\.[0-9]{1,3}");
    private static final List<String> ALL = Stream.concat(
            IntStream.rangeClosed(0, 7).mapToObj(subject -> "5." + subject), Stream.of(OTHERS))
            .toList();

    private final Counter counter;

    ReturnClasses(PrometheusRegistry registry) {
        counter = Counter.builder()
                .name("facteur_returns_total")
                .help("Recipients for whom a host beyond the upstream gave a letter back, by class of status")
                .labelNames("class")
                .withoutExemplars()
                .register(registry);
        ALL.forEach(counter::initLabelValues);
    }

    void count(String status) {
        counter.labelValues(of(status)).inc();
    }

    static String of(String status) {
        var match = CLASS.matcher(status);
        return match.matches() ? match.group(1) : OTHERS;
    }
}
