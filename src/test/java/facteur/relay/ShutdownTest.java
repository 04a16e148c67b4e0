package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShutdownTest {
    private final List<String> closed = new ArrayList<>();
    private final Shutdown shutdown = new Shutdown();

    private void add(Shutdown.Step step, String name) {
        shutdown.at(step, () -> closed.add(name));
    }

    @Test
    void closesStepByStepHoweverPartsWereOpened() {
        add(Shutdown.Step.FOLDER, "folder");
        add(Shutdown.Step.ADMIN, "admin");
        add(Shutdown.Step.SPOOL, "spool");
        add(Shutdown.Step.INBOUND, "first listener");
        add(Shutdown.Step.INBOUND, "second listener");
        add(Shutdown.Step.OUTBOUND, "outbound");
        shutdown.close();
        assertThat(closed).containsExactly("second listener", "first listener", "outbound", "admin", "spool", "folder");
    }

    @Test
    void closesWhatComesAfterAFailure() {
        add(Shutdown.Step.FOLDER, "folder");
        shutdown.at(Shutdown.Step.DATABASE, () -> {
            throw new IllegalStateException("as a bug would");
        });
        shutdown.close();
        assertThat(closed).containsExactly("folder");
    }

    @Test
    void closesOnce() {
        add(Shutdown.Step.FOLDER, "folder");
        shutdown.close();
        shutdown.close();
        assertThat(closed).containsExactly("folder");
    }
}
