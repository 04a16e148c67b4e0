package facteur.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.fixture.AppConnection;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.BdatArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/// Any octets of a letter, cut into any chunks: by BDAT it is the same letter, or gets the same refusal, as by DATA, and what
/// follows it in the stream is left alone. In this package because the readers are package-private.
///
/// The first octet says how many of the next ones are sizes of chunks, and what becomes of a bare line feed.
final class BdatFuzzer {
    private static final MessageLimits LIMITS = new MessageLimits(4096, 512, 8, 256, 4096);
    private static final String BEHIND = "QUIT\r\n";

    @FuzzTest(maxDuration = "1m")
    void takesTheSameLetterAsData(byte[] input) throws IOException {
        var sizes = input.length == 0 ? 0 : Math.min(input[0] & 7, input.length - 1);
        if (sizes == 0) {
            return;
        }
        var lineEndings = input[0] < 0 ? LineEndings.REJECT : LineEndings.REPAIR;
        var letter = ended(Arrays.copyOfRange(input, 1 + sizes, input.length));
        assertThat(byBdat(letter, Arrays.copyOfRange(input, 1, 1 + sizes), lineEndings)).isEqualTo(byData(letter, lineEndings));
    }

    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheArguments(byte[] bytes) {
        switch (BdatArguments.parse(new String(bytes, ISO_8859_1))) {
            case Parsed.Good<BdatArguments>(var bdat) -> assertThat(bdat.chunkBytes()).isNotNegative();
            case Parsed.Bad<BdatArguments>(var reply) -> assertThat(reply).extracting(Reply::code).isEqualTo(501);
        }
    }

    /// DATA can't send anything else.
    private static byte[] ended(byte[] letter) {
        var text = new String(letter, ISO_8859_1);
        return text.isEmpty() || text.endsWith("\r\n") ? letter : (text + "\r\n").getBytes(ISO_8859_1);
    }

    private static String byBdat(byte[] letter, byte[] sizes, LineEndings lineEndings) throws IOException {
        var in = new ByteArrayInputStream((new String(letter, ISO_8859_1) + BEHIND).getBytes(ISO_8859_1));
        try (var collector = collector(lineEndings)) {
            var left = letter.length;
            for (var i = 0; left > 0; i++) {
                var size = Math.min(left, i < 1000 ? sizes[i % sizes.length] & 0xFF : left);
                new ChunkReader(in, size).readInto(collector);
                left -= size;
            }
            assertThat(in.readAllBytes()).asString(ISO_8859_1).isEqualTo(BEHIND);
            return finish(collector);
        }
    }

    private static String byData(byte[] letter, LineEndings lineEndings) throws IOException {
        var wire = new String(AppConnection.stuffed(letter), ISO_8859_1) + BEHIND;
        var in = new ByteArrayInputStream(wire.getBytes(ISO_8859_1));
        try (var collector = collector(lineEndings)) {
            var reader = new DataReader(in, Long.MAX_VALUE);
            assertThat(reader.readInto(collector)).isEqualTo(DataReader.Ending.WHOLE);
            assertThat(new String(reader.rest(), ISO_8859_1) + new String(in.readAllBytes(), ISO_8859_1)).isEqualTo(BEHIND);
            return finish(collector);
        }
    }

    private static MessageCollector collector(LineEndings lineEndings) {
        return new MessageCollector(LIMITS, lineEndings, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        });
    }

    private static String finish(MessageCollector collector) throws IOException {
        return switch (collector.finish()) {
            case Collected.Refused(var reply) -> reply.toString();
            case Collected.Whole(var message, _) -> {
                var out = new ByteArrayOutputStream();
                message.writeTo(out);
                yield out.toString(ISO_8859_1);
            }
        };
    }
}
