package facteur.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BareDotTest {
    @ParameterizedTest
    @ValueSource(
            strings = {".\n", "a\n.\n", "a\r\n.\nMAIL FROM:<>\n", "a\n\n.\n\r\n.\r\n", "a\n.\r\n", "a\r\r\n.\r\r\n", "a\r\n.\r\r\n", "a\r\r\n.\r\n"})
    void isSeenWhereCommandsEndWithOtherLineEnds(String letter) throws IOException {
        for (var piece = 1; piece <= letter.length(); piece++) {
            var dot = new BareDot(pieces(letter, piece), CommandLines.LineEnd.OTHER);
            drain(dot);
            assertThat(dot.isSeen()).isTrue();
            assertThat(dot.read(new byte[10], 0, 10)).isEqualTo(-1);

            var text = new BareDot(pieces(letter, piece), CommandLines.LineEnd.CRLF);
            assertThat(drain(text)).isEqualTo(letter.length());
            assertThat(text.isSeen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\n.\r\n", ".\r\n", "a\n..\n", "a.\n", "a\n. \n", "\n.\r", "\n\r.\n", "\n.\r.\n"})
    void otherDotsAreText(String letter) throws IOException {
        var dot = new BareDot(pieces(letter, 1), CommandLines.LineEnd.OTHER);
        assertThat(drain(dot)).isEqualTo(letter.length());
        assertThat(dot.isSeen()).isFalse();
    }

    private static InputStream pieces(String letter, int piece) {
        return new ByteArrayInputStream(letter.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] room, int offset, int length) {
                return super.read(room, offset, Math.min(piece, length));
            }
        };
    }

    private static int drain(InputStream in) throws IOException {
        var room = new byte[100];
        var total = 0;
        for (var count = in.read(room, 0, room.length); count >= 0; count = in.read(room, 0, room.length)) {
            total += count;
            Arrays.fill(room, (byte) 0);
        }
        return total;
    }
}
