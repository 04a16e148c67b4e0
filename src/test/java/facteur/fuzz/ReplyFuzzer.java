package facteur.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.smtp.Reply;

/// Any answer of a peer: nothing, or a reply that can be logged, sent on, and read again as the same.
final class ReplyFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverThePeerSays(byte[] bytes) {
        Reply.parse(new String(bytes, ISO_8859_1)).ifPresent(ReplyFuzzer::assertSound);
    }

    private static void assertSound(Reply reply) {
        assertThat(reply.code()).isBetween(200, 599);
        assertThat(reply.toString()).doesNotContainPattern("[^ -~]");
        assertThat(reply.wire().replace("\r\n", "")).doesNotContainPattern("[^ -~]");
        assertThat(reply.wire().lines()).hasSize(reply.lines().size()).allMatch(line -> line.length() <= 510);
        assertThat(Reply.parse(reply.wire()).map(Reply::code)).contains(reply.code());
        assertThat(Reply.parse(reply.wire()).map(Reply::status)).contains(reply.status());
    }
}
