package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Header;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
    private static final String GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsTheFieldHoweverItIsWritten() {
        assertThat(parent("traceparent: " + GOOD + "\r\n")).contains(GOOD);
        assertThat(parent("Subject: x\r\nTraceParent:\r\n " + GOOD + " \r\n")).contains(GOOD);
    }

    @Test
    void ofAVersionToComeReadsWhatItKnows() {
        var later = GOOD.replaceFirst("00", "cc");
        assertThat(parent("traceparent: " + later + "\r\n")).contains(later);
        assertThat(parent("traceparent: " + later + "-what the future brings\r\n")).contains(later);
        assertThat(parent("traceparent: " + later + ".no\r\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473 -00f067aa0ba902b7-01"
    })
    void ignoresWhatIsNone(String value) {
        assertThat(parent("traceparent: " + value + "\r\n")).isEmpty();
    }

    @Test
    void ignoresSeveral() {
        assertThat(parent("traceparent: " + GOOD + "\r\ntraceparent: " + GOOD + "\r\n")).isEmpty();
        assertThat(parent("X-Context: invoice\r\n")).isEmpty();
    }

    private static Optional<String> parent(String header) {
        return TraceContext.parent(Header.parse(header.getBytes(StandardCharsets.US_ASCII)));
    }
}
