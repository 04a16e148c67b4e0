package facteur.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Any replies, written in any pieces: those that come whole take a shorter way.
final class ReplyStreamPropertyTest {
    @Property
    void piecesMakeNoDifference(@ForAll("replies") List<String> replies, @ForAll @IntRange(min = 1, max = 9) int piece) throws IOException {
        var octets = String.join("", replies).getBytes(US_ASCII);
        var whole = new ByteArrayOutputStream();
        var inPieces = new ByteArrayOutputStream();
        var one = new ReplyStream(whole);
        var other = new ReplyStream(inPieces);
        one.write(octets);
        for (var i = 0; i < octets.length; i += piece) {
            other.write(octets, i, Math.min(piece, octets.length - i));
        }
        one.send();
        other.send();
        assertThat(whole.toString(US_ASCII)).isEqualTo(inPieces.toString(US_ASCII));
        assertThat(one.refusals()).isEqualTo(other.refusals());
    }

    @Provide
    static Arbitrary<List<String>> replies() {
        return Arbitraries.of(
                "220 mx ready\r\n",
                "250-mx\r\n250 DSN\r\n",
                "250 2.1.0 Sender ok\r\n",
                "354 End data\r\n",
                "421 Timeout waiting for data from client.\r\n",
                "450 4.7.1 later\r\n",
                "500 Error: command not implemented\r\n",
                "501 Syntax error: invalid character encoding.\r\n",
                "550-5.7.1 no\r\n550 5.7.1 no\r\n",
                "5\r\n",
                "\r\n")
                .list()
                .ofMaxSize(12);
    }
}
