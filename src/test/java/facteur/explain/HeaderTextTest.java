package facteur.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTextTest {
    private static HeaderText read(String letter) {
        return HeaderText.read(letter.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"From: a@b.example\nX-Context: task", "From: a@b.example\r\nX-Context: task\r\n\r\n",
        "From: a@b.example\nX-Context: task\n\nbody\n"})
    void theHeaderIsEnough(String letter) {
        assertThat(read(letter)).isInstanceOfSatisfying(
                HeaderText.Read.class, it -> assertThat(it.header().all("X-Context")).hasSize(1));
    }

    @Test
    void aBodyThatMemoryShouldNotHoldIsSaidToBeSo() {
        assertThat(read("From: a@b.example\r\n\r\n" + "x".repeat(1 << 24) + "\r\n")).isInstanceOf(HeaderText.TooLarge.class);
    }
}
