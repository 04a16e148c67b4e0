package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeloTest {
    @ParameterizedTest
    @CsvSource({
        "app.example, app.example",
        "my_laptop, my_laptop",
        "[192.0.2.1], [192.0.2.1]",
        "[IPv6:2001:db8::1], [IPv6:2001:db8::1]",
        "::1, ::1",
        "two words, two?words",
        "büro-pc, b?ro-pc",
        "jan's-pc, jan?s-pc",
        "(none), ?none?",
        "'', unknown"
    })
    void aNameIsMadeFitForReceived(String said, String name) {
        assertThat(Helo.name(said)).isEqualTo(name);
    }

    @Test
    void nothingOfItCanBeMistakenForAnythingElse() {
        assertThat(Helo.name("a\r\nb\0c\u001b[31m;by evil (x)\uFFFD" + "z".repeat(1000))).matches("[A-Za-z0-9._:?\\[\\]-]{255}");
    }
}
