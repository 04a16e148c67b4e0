package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.smtp.Parsed;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseLineTest {
    @Test
    void endsAtCrlfAndLeavesTheRest() throws IOException {
        var in = stream("c3VpdGU=\r\nNOOP\r\n");
        assertThat(ResponseLine.read(in)).isEqualTo(new Parsed.Good<>("c3VpdGU="));
        assertThat(ResponseLine.read(in)).isEqualTo(new Parsed.Good<>("NOOP"));
        assertThat(ResponseLine.read(stream("\r\n"))).isEqualTo(new Parsed.Good<>(""));
    }

    @Test
    void bareLineEndsArePartOfTheLine() throws IOException {
        assertThat(ResponseLine.read(stream("*\nx\ry\r\r\n"))).isEqualTo(new Parsed.Good<>("*\nx\ry\r"));
    }

    @Test
    void takesTwelveThousandOctetsAndReadsALongerLineToItsEnd() throws IOException {
        var longest = "A".repeat(12_288 - 2);
        assertThat(ResponseLine.read(stream(longest + "\r\n"))).isEqualTo(new Parsed.Good<>(longest));
        for (var more : new String[] {"A", "AA", "\r", "A\r\r", "A".repeat(100_000)}) {
            var in = stream(longest + more + "\r\nQUIT\r\n");
            assertThat(ResponseLine.read(in)).as("%d more", more.length()).isEqualTo(new Parsed.Bad<>(Replies.RESPONSE_TOO_LONG));
            assertThat(in.readAllBytes()).asString().isEqualTo("QUIT\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "AAAA\r", "AAAA\n"})
    void saysWhenTheConnectionEndsFirst(String octets) {
        assertThatThrownBy(() -> ResponseLine.read(stream(octets))).isInstanceOf(EOFException.class);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
