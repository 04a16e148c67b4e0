package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataReaderTest {
    private static final MessageLimits LIMITS = new MessageLimits(1_000_000, 100_000, 1_000, 100_000, 1_000_000);

    /// What was read, and what is left in the stream.
    private record Read(String text, String rest) {}

    @ParameterizedTest
    @CsvSource(textBlock = """
            'a: b\\r\\n\\r\\nbody\\r\\n.\\r\\n',             'a: b\\r\\n\\r\\nbody\\r\\n'
            'a: b\\r\\n\\r\\n.\\r\\n',                       'a: b\\r\\n\\r\\n'
            '.\\r\\n',                                       '\\r\\n'
            'a: b\\r\\n\\r\\n..\\r\\n.\\r\\n',               'a: b\\r\\n\\r\\n.\\r\\n'
            'a: b\\r\\n\\r\\n..x\\r\\n...\\r\\n.\\r\\n',     'a: b\\r\\n\\r\\n.x\\r\\n..\\r\\n'
            'a: b\\r\\n\\r\\n.x\\r\\n.\\r\\n',               'a: b\\r\\n\\r\\nx\\r\\n'
            'a: b\\r\\n\\r\\nx.\\r\\n.y\\r\\n.\\r\\n',       'a: b\\r\\n\\r\\nx.\\r\\ny\\r\\n'
            'a: b\\r\\n\\r\\nx\\n.\\r\\ny\\r\\n.\\r\\n',     'a: b\\r\\n\\r\\nx\\r\\n.\\r\\ny\\r\\n'
            'a: b\\r\\n\\r\\nx\\n.\\ny\\r\\n.\\r\\n',        'a: b\\r\\n\\r\\nx\\r\\n.\\r\\ny\\r\\n'
            'a: b\\r\\n\\r\\nx\\r\\n.\\ny\\r\\n.\\r\\n',     'a: b\\r\\n\\r\\nx\\r\\n\\r\\ny\\r\\n'
            """)
    void unstuffsDotsAndEndsOnlyAtTheRealEnd(String sent, String expected) throws IOException {
        var wire = plain(sent);
        for (var cut = 0; cut <= wire.length(); cut++) {
            assertThat(read(wire + "QUIT\r\n", cut)).as("cut at %d", cut).isEqualTo(new Read(plain(expected), "QUIT\r\n"));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "x\\r.\\r\\n,     `x .\\r\\n`",
        "x\\r\\n.\\r,     `x\\r\\n `",
        "x\\r\\n.\\r\\r\\n, x\\r\\n\\r\\n",
        "x\\r.\\r,        `x . `",
        "x\\n.\\r,        `x\\r\\n. `",
        "x\\r\\r\\n,      x\\r\\n",
        "\\r,             ` `"})
    void aBareCarriageReturnEndsNothing(String middle, String taken) throws IOException {
        var wire = "a: b\r\n\r\n" + plain(middle) + "MAIL FROM:<eve@example.org>\r\n.\r\nQUIT\r\n";
        for (var cut = 0; cut <= wire.length(); cut++) {
            assertThat(read(wire, cut)).isEqualTo(new Read("a: b\r\n\r\n" + plain(taken) + "MAIL FROM:<eve@example.org>\r\n", "QUIT\r\n"));
        }
    }

    @Test
    void readsAnyLetterInAnyPieces() throws IOException {
        var random = new Random(42);
        for (var i = 0; i < 300; i++) {
            var letter = new StringBuilder("a: b\r\n\r\n");
            for (var line = 0; line < random.nextInt(40); line++) {
                letter.append(".".repeat(random.nextInt(3))).append("x".repeat(random.nextInt(900))).append("\r\n");
            }
            var wire = ("\r\n" + letter).replace("\r\n.", "\r\n..").substring(2) + ".\r\nNOOP\r\n";
            assertThat(read(wire, random.nextInt(wire.length()))).isEqualTo(new Read(letter.toString(), "NOOP\r\n"));
        }
    }

    @Test
    void saysWhenTheConnectionEndsFirst() throws IOException {
        for (var wire : new String[] {"", "a: b\r\n\r\nbody\r\n", "a: b\r\n\r\nbody\r\n.", "a: b\r\n\r\nbody\r\n.\r"}) {
            try (var collector = collector()) {
                assertThat(new DataReader(new BufferedInputStream(stream(wire)), Long.MAX_VALUE).readInto(collector))
                        .isEqualTo(DataReader.Ending.LOST);
            }
        }
    }

    private static String plain(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static Read read(String wire, int cut) throws IOException {
        var in = new BufferedInputStream(inTwoPieces(wire, cut));
        try (var collector = collector()) {
            var reader = new DataReader(in, Long.MAX_VALUE);
            assertThat(reader.readInto(collector)).isEqualTo(DataReader.Ending.WHOLE);
            var text = switch (collector.finish()) {
                case Collected.Whole(var message, _) -> text(message);
                case Collected.Refused(var reply) -> "refused " + reply;
            };
            return new Read(text, latin1(reader.rest()) + latin1(in.readAllBytes()));
        }
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static MessageCollector collector() {
        return new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no large body here");
        });
    }

    private static String text(Message message) throws IOException {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A stream that never reads across the cut, as a socket with two packets.
    private static InputStream inTwoPieces(String wire, int cut) {
        return new SequenceInputStream(stream(wire.substring(0, cut)), stream(wire.substring(cut)));
    }
}
