package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class ReplyReaderTest {
    /// However the octets come, the replies are those of all of them read at once, line by line.
    @Property
    void readsTheSameInPiecesOfAnySize(@ForAll("octets") String octets, @ForAll @IntRange(min = 1, max = 9) int piece) throws IOException {
        assertThat(read(octets, piece)).isEqualTo(expected(octets)).isEqualTo(read(octets, 4096));
    }

    @Provide
    Arbitrary<String> octets() {
        return Arbitraries.of("250", "220", "4", " ", "-", "ok", "\r\n", "\r\n", "\n", "\r", "\u00e9", "250-one\r\n", "250 2.1.0 Ok\r\n")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static List<String> read(String octets, int piece) throws IOException {
        var replies = new ReplyReader(new Pieces(new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)), piece));
        var read = new ArrayList<String>();
        try {
            while (true) {
                read.add(replies.read());
            }
        } catch (IOException end) {
            return read;
        }
    }

    /// A reply that the end of the connection cuts off between two lines is none.
    private static List<String> expected(String octets) {
        var replies = new ArrayList<String>();
        var reply = new StringBuilder();
        var left = octets;
        while (!left.isEmpty()) {
            var lineFeed = left.indexOf('\n');
            var line = lineFeed < 0 ? left : left.substring(0, lineFeed).replaceFirst("\r+$", "");
            left = lineFeed < 0 ? "" : left.substring(lineFeed + 1);
            reply.append(line).append('\n');
            if (!line.matches("(?s)...-.*")) {
                replies.add(reply.toString());
                reply.setLength(0);
            }
        }
        return replies;
    }

    private static final class Pieces extends InputStream implements ReplyReader.Source {
        private final InputStream octets;
        private final int piece;

        Pieces(InputStream octets, int piece) {
            this.octets = octets;
            this.piece = piece;
        }

        @Override
        public InputStream source() {
            return this;
        }

        @Override
        public boolean hasArrived() throws IOException {
            return octets.available() > 0;
        }

        @Override
        public void allow(Duration timeout) {}

        @Override
        public int read() throws IOException {
            return octets.read();
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            return octets.read(buffer, from, Math.min(count, piece));
        }
    }
}
