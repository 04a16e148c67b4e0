package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RelayTransportTest {
    @Test
    void aFlightIsALinePerCommand() {
        assertThat(RelayTransport.flight(List.of("MAIL FROM:<a@x.example>", "DATA"))).isEqualTo("MAIL FROM:<a@x.example>\r\nDATA\r\n");
        assertThat(RelayTransport.flight(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\r\nRSET", "NOOP\nRSET", "NOOP\r", "\n"})
    void aCommandIsOneLine(String command) {
        assertThatThrownBy(() -> RelayTransport.flight(List.of("NOOP", command))).isInstanceOf(IllegalArgumentException.class);
    }
}
