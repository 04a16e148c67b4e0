package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.letter.QueueId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyStreamTest {
    private static final QueueId ID = new QueueId("01m8468qb1dasymv");

    private final List<String> writes = new ArrayList<>();
    private final ReplyStream replies = new ReplyStream(new ByteArrayOutputStream() {
        @Override
        public void flush() {
            writes.add(toString(StandardCharsets.US_ASCII));
            reset();
        }
    });

    @Test
    void sendsABatchInOneWrite() throws IOException {
        say("250 2.1.0 Sender ok");
        say("250 2.1.5 Recipient ok");
        replies.flush();
        assertThat(writes).isEmpty();
        replies.send();
        assertThat(writes).containsExactly("250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n");
        replies.send();
        assertThat(writes).hasSize(1);
    }

    @Test
    void doesNotGrowWithoutBound() throws IOException {
        for (var i = 0; i < 1_000; i++) {
            say("250 2.1.5 Recipient ok");
        }
        assertThat(writes).isNotEmpty().allMatch(write -> write.length() < 9_000);
    }

    /// What SubEthaSMTP's session says by itself.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 Error: command not implemented                         | 500 5.5.2
            501 Input line length is too long!                         | 500 5.5.2
            501 Syntax error at character position 3. CR and LF must…  | 501 5.5.2
            421 Timeout waiting for data from client.                  | 421 4.4.2
            421 Too many connections, try again later                  | 421 4.3.2
            """)
    void putsStockRepliesIntoOurWords(String stock, String ours) throws IOException {
        say(stock);
        replies.send();
        assertThat(writes.getFirst()).startsWith(ours).endsWith("\r\n");
    }

    @Test
    void countsRefusalsThatAreForGood() throws IOException {
        for (var reply : List.of("500 5.5.2 no", "250 2.0.0 yes", "450 4.7.1 later", "550-5.7.1 no", "550 5.7.1 no", "554 x")) {
            say(reply);
        }
        assertThat(replies.refusals()).isEqualTo(3);
        replies.accepted(ID);
        assertThat(replies.refusals()).isZero();
    }

    @Test
    void namesTheLettersWhoseReplyCouldNotBeSent() throws IOException {
        var broken = new ReplyStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        broken.accepted(ID);
        broken.write("250 2.0.0 Ok: queued as 01m8468qb1dasymv\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(broken::send).isInstanceOf(IOException.class);
        assertThat(broken.removeUnsent()).containsExactly(ID);
        assertThat(broken.removeUnsent()).isEmpty();
        replies.accepted(ID);
        say("250 2.0.0 Ok: queued as 01m8468qb1dasymv");
        replies.send();
        assertThat(replies.removeUnsent()).isEmpty();
    }

    private void say(String line) throws IOException {
        replies.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
