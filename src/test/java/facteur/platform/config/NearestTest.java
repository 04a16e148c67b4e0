package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NearestTest {
    private static final List<String> KNOWN =
            List.of("address", "tls", "message-size", "connections", "connections-per-client", "url");

    @ParameterizedTest
    @CsvSource({
        "adress, address",
        "addres, address",
        "addrses, address",
        "tsl, tls",
        "TLS, tls",
        "messageSize, message-size",
        "message_size, message-size",
        "conections, connections",
        "connection-per-client, connections-per-client"
    })
    void findsTheWordThatWasMeant(String word, String meant) {
        assertThat(Nearest.of(word, KNOWN)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hostname", "lru", "size"})
    void findsNothingWhenNoneIsNear(String word) {
        assertThat(Nearest.of(word, KNOWN)).isEmpty();
    }

    @Test
    void takesTheFirstOfEquals() {
        assertThat(Nearest.of("cat", List.of("car", "can"))).hasValue("car");
    }

    @Test
    void doesNotCompareWordsOfAnyLength() {
        assertThat(Nearest.of("a".repeat(1_000_000), List.of("a".repeat(1_000_000)))).isEmpty();
    }

    @Test
    void asksInWords() {
        assertThat(Nearest.hint("adress", KNOWN)).isEqualTo("; did you mean 'address'?");
        assertThat(Nearest.hint("hostname", KNOWN)).isEmpty();
    }
}
