package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OctetsTest {
    @Test
    void findsTheFirstLineEndWhereverItIs() {
        var random = new Random(7);
        for (var length = 0; length < 40; length++) {
            for (var tries = 0; tries < 500; tries++) {
                var octets = new byte[length];
                for (var i = 0; i < length; i++) {
                    // Those beside a line end, and those that differ from it by the top bit, are the likeliest mistakes.
                    octets[i] =
                            (byte) "\t\n\u000b\f\r\u000e\u008d\u008a\u0000aXz".charAt(tries % 3 == 0 ? 6 + random.nextInt(6) : random.nextInt(12));
                }
                var from = random.nextInt(length + 1);
                var to = from + random.nextInt(length - from + 1);
                assertThat(Octets.lineEnd(octets, from, to)).isEqualTo(oneByOne(octets, from, to, "\r\n"));
                assertThat(Octets.lineFeed(octets, from, to)).isEqualTo(oneByOne(octets, from, to, "\n"));
            }
        }
    }

    @Test
    void seesAnOctetBeyondAsciiWhereverItIs() {
        for (var length = 0; length < 80; length++) {
            for (var at = 0; at < length; at++) {
                var octets = new byte[length];
                Arrays.fill(octets, (byte) 0x7F);
                octets[at] = (byte) 0x80;
                for (var from = 0; from <= at + 1; from++) {
                    assertThat(Octets.isAscii(octets, from, length)).isEqualTo(from > at);
                    assertThat(Octets.isAscii(octets, Math.min(from, at), at)).isTrue();
                }
            }
        }
    }

    @Test
    void staysWithinBounds() {
        var octets = "abc\r\nabcdefghijk\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(Octets.lineEnd(octets, 5, 16)).isEqualTo(16);
        assertThat(Octets.lineEnd(octets, 3, 3)).isEqualTo(3);
        assertThat(Octets.lineFeed(octets, 5, 16)).isEqualTo(16);
    }

    private static int oneByOne(byte[] octets, int from, int to, String ends) {
        var i = from;
        while (i < to && ends.indexOf(octets[i] & 0xFF) < 0) {
            i++;
        }
        return i;
    }
}
