package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1:2525, 127.0.0.1, 2525", "[::1]:25, ::1, 25", "smtp.example.net:0, smtp.example.net, 0"})
    void readsAndWrites(String text, String host, int port) {
        var address = HostAndPort.parse(text);
        assertThat(address).isEqualTo(new HostAndPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2525", ":25", "host", "host:", "host:x", "host:65536", "::1:25", "[::1]", "[host]:25", "a b:25", "http://h:25"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("host:port");
    }

    @Test
    void dialsAHostInALabels() {
        assertThat(HostAndPort.parse("smtp.faß.example:587")).isEqualTo(new HostAndPort("smtp.xn--fa-hia.example", 587));
        assertThat(HostAndPort.parse("Smtp.Example.net:587").host()).isEqualTo("Smtp.Example.net");
        assertThatThrownBy(() -> HostAndPort.parse("smtp.straẞe.example:587")).isInstanceOf(IllegalArgumentException.class);
    }
}
