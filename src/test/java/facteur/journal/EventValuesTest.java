package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventValuesTest {
    @Test
    void areThoseOfTheFieldsInOrder() {
        var number = new AtomicInteger();
        for (var event : Events.every(_ -> "text " + number.incrementAndGet()).toList()) {
            var fields = EventKind.of(event.getClass()).fields();
            assertThat(EventValues.of(event)).containsExactly(fields.stream().map(field -> field.value(event)).toArray());
        }
    }
}
