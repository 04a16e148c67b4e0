package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErasureTest {
    private final Erasure zoe = Erasure.of("zoe.bakker@faß.example").orElseThrow();

    @Test
    void takesOnePersonOutAndLeavesOthers() {
        assertThat(zoe.without("550 <Zoe.Bakker@xn--fa-hia.example>, zoe.bakker%40x, an@client.example, zoe.bakker's box"))
                .isEqualTo("550 <***@xn--fa-hia.example>, ***%40x, an@client.example, ***'s box");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zoe.bakker@faß.example", "<ZOE.BAKKER@FAß.example>", "Zoe <zoe.bakker@xn--fa-hia.example>", "\"zoe.bakker\"@faß.example"})
    void concernsHimHoweverHeIsWritten(String text) {
        assertThat(zoe.concerns(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zoe.bakker", "zoe.bakker@fass.example", "xzoe.bakker@faß.example", "zoe.bakker@faß.example.org"})
    void concernsNoOneElse(String text) {
        assertThat(zoe.concerns(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zoe", "@x.example", "a@b.example c@d.example", "zoe@"})
    void isOfOneAddress(String text) {
        assertThat(Erasure.of(text)).isEmpty();
    }
}
