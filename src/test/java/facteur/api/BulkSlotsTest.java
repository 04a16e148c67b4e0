package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.OfficeId;
import facteur.web.Answer;
import facteur.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BulkSlotsTest {
    private static final OfficeId ALPHA = new OfficeId("alpha");
    private static final OfficeId BETA = new OfficeId("beta");
    private static final OfficeId GAMMA = new OfficeId("gamma");

    private final BulkSlots slots = new BulkSlots(Duration.ZERO);

    @Test
    void anOfficeHasOne() {
        for (var i = 0; i < 20; i++) {
            try (var _ = slots.take(ALPHA); var _ = slots.take(BETA)) {
                assertRefused("bulk.office", () -> slots.take(ALPHA));
            }
        }
    }

    /// A body that comes slowly holds up no other office.
    @Test
    void aNodeWorksOnTwo() {
        try (var _ = slots.take(ALPHA); var _ = slots.take(BETA); var _ = slots.take(GAMMA)) {
            for (var i = 0; i < 5; i++) {
                try (var _ = slots.work(); var _ = slots.work()) {
                    assertRefused("bulk.node", slots::work);
                }
            }
        }
    }

    @Test
    void noMoreBodiesComeThanTheDiskHasRoomFor() {
        var taken = IntStream.range(0, 16).mapToObj(i -> slots.take(new OfficeId("o" + i))).toList();
        assertRefused("bulk.node", () -> slots.take(ALPHA));
        taken.getFirst().close();
        try (var _ = slots.take(ALPHA)) {
            assertRefused("bulk.node", () -> slots.take(BETA));
        }
    }

    private static void assertRefused(String code, Supplier<BulkSlots.Slot> taking) {
        assertThatThrownBy(taking::get).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.answer().status()).isEqualTo(429);
            assertThat(refused.answer().fields()).containsEntry("Retry-After", "5");
            assertThat(refused.answer().body()).isInstanceOfSatisfying(
                    Answer.Body.Octets.class, body -> assertThat(new String(body.octets(), StandardCharsets.UTF_8)).contains(code));
        });
    }
}
