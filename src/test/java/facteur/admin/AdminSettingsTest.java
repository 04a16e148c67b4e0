package facteur.admin;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.config.ConfigFile;
import facteur.config.HostAndPort;
import facteur.config.Problems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminSettingsTest {
    private final Problems problems = new Problems();

    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(read("").address()).contains(new HostAndPort("127.0.0.1", 8025));
        assertThat(read("address: '[::1]:0'").address()).contains(new HostAndPort("::1", 0));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void isTurnedOffByAWord() {
        assertThat(read("address: off").address()).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8025", "none", "no", "127.0.0.1", "127.0.0.1:70000", "''"})
    void refusesWhatIsNoAddress(String text) {
        read("address: " + text);
        assertThat(problems.list()).singleElement().asString().contains("address");
    }

    private AdminSettings read(String yaml) {
        return AdminSettings.from(ConfigFile.parse(yaml, Path.of("test"), problems));
    }
}
