package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ReturnClassesTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Journal journal = new CountingJournal(_ -> {}, registry);

    @Test
    void countsByClassOfStatus() {
        for (var status : new String[] {"5.1.1", "5.1.10", "5.2.2", "", "5.9.9"}) {
            journal.record(new MailEvent.Returned("id", "dupont", "an@client.example", "return", status, "", ""));
        }
        assertThat(count("5.1")).isEqualTo(2);
        assertThat(count("5.2")).isEqualTo(1);
        assertThat(count("other")).isEqualTo(2);
        assertThat(count("5.7")).isZero();
    }

    private double count(String wanted) {
        return registry.scrape(name -> name.startsWith("facteur_returns")).stream()
                .flatMap(found -> ((CounterSnapshot) found).getDataPoints().stream())
                .filter(point -> Optional.ofNullable(point.getLabels().get("class")).filter(wanted::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /// Hosts can't make as many labels as they like.
    @Property
    void thereAreFewClasses(@ForAll String status) {
        assertThat(ReturnClasses.of(status)).matches("[45]\\.[0-7]|other");
    }
}
