package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DataStreamTest {
    /// Any octets, cut anywhere: no line end but CRLF, no line that a receiver takes for the end.
    @Test
    void stuffsAnyOctetsInAnyPieces() throws IOException {
        var random = new Random(11);
        for (var round = 0; round < 3_000; round++) {
            var octets = octets(random, round % 100 == 0 ? 70_000 : random.nextInt(60));
            var out = new ByteArrayOutputStream();
            var stream = new DataStream(out, () -> {});
            for (var from = 0; from < octets.length;) {
                var count = 1 + random.nextInt(octets.length - from);
                stream.write(octets, from, count);
                from += count;
            }
            stream.finish();

            assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(lineByLine(new String(octets, StandardCharsets.ISO_8859_1)));
        }
    }

    @Test
    void servesOneMessageAfterAnother() throws IOException {
        var out = new ByteArrayOutputStream();
        var stream = new DataStream(out, () -> {});

        for (var message : new String[] {"a", ".b\r\n", ""}) {
            for (var octet : message.getBytes(StandardCharsets.US_ASCII)) {
                stream.write(octet);
            }
            stream.finish();
        }

        assertThat(out).hasToString("a\r\n.\r\n..b\r\n.\r\n.\r\n");
    }

    private static byte[] octets(Random random, int length) {
        var octets = new byte[length];
        for (var i = 0; i < length; i++) {
            octets[i] = (byte) (length > 1_000 && random.nextInt(40) > 0 ? 'x' : "..\r\n\r\nab\u00e9\u0000".charAt(random.nextInt(10)));
        }
        return octets;
    }

    private static String lineByLine(String text) {
        var wire = new StringBuilder();
        var lines = text.split("\r\n|\r|\n", -1);
        var whole = lines[lines.length - 1].isEmpty() ? Arrays.copyOf(lines, lines.length - 1) : lines;
        for (var line : whole) {
            wire.append(line.startsWith(".") ? "." : "").append(line).append("\r\n");
        }
        return wire.append(".\r\n").toString();
    }
}
