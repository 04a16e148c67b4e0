package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RelayFolder;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WelcomeTest {
    private static final String TRIAL = "Try it, from another window:";

    @TempDir
    private Path folder;

    private static String text(RelayFolder relay) {
        return text(relay, OptionalInt.empty());
    }

    private static String text(RelayFolder relay, OptionalInt consolePort) {
        return Welcome.text("0.1.0", Config.read(relay.config(), new Problems(), _ -> null), List.of(2525), consolePort, Optional.empty());
    }

    @Test
    void aRelayThatCapturesLettersOfTheSampleSaysHowToSendOne() {
        assertThat(text(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing()))
                .startsWith("facteur 0.1.0 listens on 127.0.0.1:2525\n")
                .contains("Letters are captured, not relayed.", TRIAL, "curl --url smtp://127.0.0.1:2525");
    }

    @Test
    void saysWhereItsPagesAre() {
        var port = OptionalInt.of(8026);
        assertThat(text(new RelayFolder(folder).capturing())).doesNotContain("console", "API");
        assertThat(text(new RelayFolder(folder).capturing(), port)).contains("\nThe console is at http://localhost:8026\n");
        assertThat(text(new RelayFolder(folder).capturing().configured("console: { address: 127.0.0.1:8026, pages: false }\n"), port))
                .contains("\nThe API is at http://localhost:8026/api/v1\n");
        assertThat(
                text(new RelayFolder(folder).capturing().configured("console: { address: 127.0.0.1:8026, url: https://mail.example.org }\n"), port))
                .contains("\nThe console is at https://mail.example.org\n");
    }

    @Test
    void withoutTheSampleThereIsNothingToTry() {
        assertThat(text(new RelayFolder(folder).capturing())).doesNotContain(TRIAL);
        var inStore = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("settings: { source: store }\n");
        assertThat(text(inStore)).doesNotContain(TRIAL);
        assertThat(text(new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(2526))).doesNotContain(TRIAL);
    }

    @Test
    void aLetterToTryGoesWhereAppsConnect() {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configuredWith(
                "listeners", "[{ takes: returns, address: \"127.0.0.1:0\" }, { address: \"127.0.0.1:0\" }]",
                "returns: { domain: return.example.org }\n");
        var config = Config.read(relay.config(), new Problems(), _ -> null);
        assertThat(Welcome.text("0.1.0", config, List.of(25, 2525), OptionalInt.empty(), Optional.empty()))
                .startsWith("Returns are taken at 127.0.0.1:25\nfacteur 0.1.0 listens on 127.0.0.1:2525\n")
                .contains(TRIAL, "curl --url smtp://127.0.0.1:2525");
    }
}
