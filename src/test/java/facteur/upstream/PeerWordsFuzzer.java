package facteur.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.smtp.Reply;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/// Anything that a peer sends is cut into replies, none of its lines is lost or counted twice, and what they offer is understood
/// or passed over.
final class PeerWordsFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverThePeerSays(byte[] octets) throws IOException {
        var replies = new ReplyReader(new Spoken(new ByteArrayInputStream(octets)));
        var heard = new StringBuilder();
        try {
            while (true) {
                var reply = replies.read();
                heard.append(reply);
                assertThat(ReplyReader.code(reply)).isBetween(-1, 599);
                Reply.parse(reply).ifPresent(parsed -> assertThat(parsed.code()).isEqualTo(ReplyReader.code(reply)));
                Extensions.parse(reply).lines().forEach(line -> assertThat(line).doesNotContain("\t", "=", "\n"));
            }
        } catch (EOFException end) {
            assertThat(replies.hasMore()).isTrue();
            assertThat(new String(octets, ISO_8859_1).replaceAll("\r+\n", "\n")).startsWith(heard.toString().stripTrailing());
        }
    }

    /// All that a peer ever says.
    private record Spoken(ByteArrayInputStream source) implements ReplyReader.Source {
        @Override
        public boolean hasArrived() {
            return source.available() > 0;
        }

        @Override
        public void allow(Duration timeout) {
            // It is all there.
        }
    }
}
