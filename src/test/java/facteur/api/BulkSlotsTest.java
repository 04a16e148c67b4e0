package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.OfficeId;
import facteur.web.RefusedException;
import org.junit.jupiter.api.Test;

final class BulkSlotsTest {
    private static final OfficeId ALPHA = new OfficeId("alpha");
    private static final OfficeId BETA = new OfficeId("beta");
    private static final OfficeId GAMMA = new OfficeId("gamma");

    private final BulkSlots slots = new BulkSlots();

    @Test
    void anOfficeHasOneAndANodeTwo() {
        try (var _ = slots.take(ALPHA)) {
            assertRefused(ALPHA);
            try (var _ = slots.take(BETA)) {
                assertRefused(GAMMA);
                assertRefused(ALPHA);
            }
            try (var _ = slots.take(GAMMA)) {
                assertRefused(BETA);
            }
        }
        for (var i = 0; i < 5; i++) {
            try (var _ = slots.take(ALPHA); var _ = slots.take(BETA)) {
                assertRefused(GAMMA);
            }
        }
    }

    private void assertRefused(OfficeId office) {
        assertThatThrownBy(() -> slots.take(office)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.answer().status()).isEqualTo(429);
            assertThat(refused.answer().fields()).containsEntry("Retry-After", "5");
        });
    }
}
