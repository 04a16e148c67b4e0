package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.TlsMode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChunkReaderTest {
    private final ReceivingMemory memory = new ReceivingMemory(1_000_000);

    @Test
    void stopsBehindTheLastOctet() throws IOException {
        var in = in("x".repeat(20_000) + "QUIT\r\n");
        new ChunkReader(in, 20_000).drain();
        assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("QUIT\r\n");

        new ChunkReader(in, 0).drain();
    }

    @Test
    void aChunkThatIsCutIsNoChunk() {
        assertThatThrownBy(() -> new ChunkReader(in("four"), 5).drain()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> new ChunkReader(in("four"), 5).readInto(collector())).isInstanceOf(EOFException.class);
    }

    @Test
    void aTransactionThatEndsGivesItsMemoryBack() throws IOException {
        var conversation = new Conversation(
                InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress(), Optional.empty(), TlsMode.NONE);
        for (var end : new Runnable[] {
            conversation::reset, () -> conversation.greet(Conversation.Greeting.EHLO, "app.example")
        }) {
            var transaction = transaction();
            conversation.start(transaction);
            var letter = "Subject: " + "x".repeat(10_000) + "\r\n\r\n" + "y".repeat(10_000);
            new ChunkReader(in(letter), letter.length()).readInto(transaction.chunks(this::collector));
            assertThat(memory.heldBytes()).isGreaterThan(15_000);

            end.run();
            assertThat(memory.heldBytes()).isZero();
        }
    }

    private MessageCollector collector() {
        return new MessageCollector(
                new MessageLimits(100_000, 50_000, 10, 50_000, 50_000), LineEndings.REPAIR, memory, () -> {
                    throw new IOException("no file wanted");
                });
    }

    private Transaction transaction() {
        return switch (MailArguments.parse("FROM:<>")) {
            case Parsed.Good<MailArguments>(var mail) -> new Transaction(mail, memory);
            case Parsed.Bad<MailArguments>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
