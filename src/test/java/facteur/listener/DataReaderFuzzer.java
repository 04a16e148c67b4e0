package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What follows DATA, in packets of any size: the letter ends at the first CRLF, dot, CRLF and at nothing else, and
/// what follows is still to be read.
final class DataReaderFuzzer {
    private static final BodyFiles NO_FILES = () -> {
        throw new IOException("no files here");
    };

    @FuzzTest(maxDuration = "1m")
    void endsWhereTheLetterDoes(byte[] octets) throws IOException {
        var end = end(octets);
        for (var packet : new int[] {1, 3, 8192}) {
            var in = new BufferedInputStream(packets(octets, packet), 8192);
            try (var collector = new MessageCollector(
                    new MessageLimits(1 << 20, 1 << 20, 10_000, 1 << 20, 1 << 20), LineEndings.REPAIR, new ReceivingMemory(1 << 24), NO_FILES)) {
                var reader = new DataReader(in, octets.length);
                assertThat(reader.readInto(collector)).isEqualTo(end >= 0 ? DataReader.Ending.WHOLE : DataReader.Ending.LOST);
                if (end < 0) {
                    continue;
                }
                assertThat(reader.rest().length + in.readAllBytes().length).isEqualTo(octets.length - end);
                if (collector.finish() instanceof Collected.Whole(var message, _)) {
                    var out = new ByteArrayOutputStream();
                    message.writeTo(out);
                    // Repaired: no line end but CRLF is left, so nothing in it can end a letter early.
                    assertThat(out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "")).doesNotContain("\r", "\n");
                }
            }
        }
    }

    /// Behind the final dot's CRLF; -1 when there is none.
    private static int end(byte[] octets) {
        var text = "\r\n" + new String(octets, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n.\r\n");
        return end < 0 ? -1 : end + 3;
    }

    private static InputStream packets(byte[] octets, int size) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(size, length));
            }
        };
    }
}
