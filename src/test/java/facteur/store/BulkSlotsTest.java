package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.office.OfficeId;
import java.time.Duration;
import java.util.ArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BulkSlotsTest {
    private static final OfficeId ALPHA = new OfficeId("alpha");
    private static final OfficeId BETA = new OfficeId("beta");
    private static final OfficeId GAMMA = new OfficeId("gamma");

    private final BulkSlots slots = new BulkSlots(Duration.ZERO);

    @Test
    void anOfficeHasOne() throws Exception {
        for (var i = 0; i < 20; i++) {
            try (var _ = slots.take(ALPHA); var _ = slots.take(BETA)) {
                assertRefused(BulkBusyException.By.OFFICE, () -> slots.take(ALPHA));
            }
        }
    }

    /// A body that comes slowly holds up no other office.
    @Test
    void aNodeWorksOnTwo() throws Exception {
        try (var _ = slots.take(ALPHA); var _ = slots.take(BETA); var _ = slots.take(GAMMA)) {
            for (var i = 0; i < 5; i++) {
                try (var _ = slots.work(); var _ = slots.work()) {
                    assertRefused(BulkBusyException.By.NODE, slots::work);
                }
            }
        }
    }

    @Test
    void noMoreBodiesComeThanTheDiskHasRoomFor() throws Exception {
        var taken = new ArrayList<BulkSlots.Slot>();
        for (var i = 0; i < 16; i++) {
            taken.add(slots.take(new OfficeId("o" + i)));
        }
        assertRefused(BulkBusyException.By.NODE, () -> slots.take(ALPHA));
        taken.getFirst().close();
        try (var _ = slots.take(ALPHA)) {
            assertRefused(BulkBusyException.By.NODE, () -> slots.take(BETA));
        }
    }

    private static void assertRefused(BulkBusyException.By by, ThrowingCallable taking) {
        assertThatThrownBy(taking).isInstanceOfSatisfying(BulkBusyException.class, busy -> assertThat(busy.by()).isEqualTo(by));
    }
}
