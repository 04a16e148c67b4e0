package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RelayFolder;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WelcomeTest {
    private static final String TRIAL = "Try it, from another window:";

    @TempDir
    private Path folder;

    private static String text(RelayFolder relay) {
        return Welcome.text("0.1.0", Config.read(relay.config(), new Problems(), _ -> null), List.of(2525));
    }

    @Test
    void aRelayThatCapturesLettersOfTheSampleSaysHowToSendOne() {
        assertThat(text(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing()))
                .startsWith("facteur 0.1.0 listens on 127.0.0.1:2525\n")
                .contains("Letters are captured, not relayed.", TRIAL, "curl --url smtp://127.0.0.1:2525");
    }

    @Test
    void withoutTheSampleThereIsNothingToTry() {
        assertThat(text(new RelayFolder(folder).capturing())).doesNotContain(TRIAL);
        var inStore = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("settings: { source: store }\n");
        assertThat(text(inStore)).doesNotContain(TRIAL);
        assertThat(text(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(2526))).doesNotContain(TRIAL);
    }
}
