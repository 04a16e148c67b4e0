package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "A: b\r\n",
        "A: b\r\n c\r\n\td\r\nE: f\r\n",
        "A: b\r\n \r\nA: b\r\n",
        "a:\r\nA:\r\n \r\n",
        "A : \0\u00ff\r\n"
    })
    void writesWhatItRead(String block) {
        var octets = block.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Header.parse(octets).octets()).isEqualTo(octets);
        assertThat(Header.parse(octets).sizeBytes()).isEqualTo(octets.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", " A: b\r\n", "A: b\r\n\r\n", "A: b\r\nbody\r\n"})
    void refusesWhatIsNoHeader(String block) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.parse(block.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void findsFieldsByNameInOrder() {
        var header = Header.parse("To: a\r\nFrom: b\r\nTO : c\r\nTo-Be: d\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(header.all("to")).extracting(HeaderField::value).containsExactly("a", "c");
        assertThat(header.first("TO")).map(HeaderField::value).contains("a");
        assertThat(header.first("Date")).isEmpty();
        assertThat(header.all("Date")).isEmpty();
    }
}
