package facteur.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.mail.message.Collected;
import facteur.mail.message.Header;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Any octets of a letter: the same result whole and in pieces, and no bare CR or LF in what is taken.
///
/// The first octet says how large the pieces are, and what becomes of a bare line feed.
final class MessageCollectorFuzzer {
    private static final MessageLimits LIMITS = new MessageLimits(4096, 512, 8, 256, 4096);

    @FuzzTest(maxDuration = "1m")
    void collectsWholeAsInPieces(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        var lineEndings = input[0] < 0 ? LineEndings.REJECT : LineEndings.REPAIR;
        var letter = Arrays.copyOfRange(input, 1, input.length);
        var whole = collect(letter, letter.length + 1, lineEndings);
        assertThat(collect(letter, 1 + (input[0] & 15), lineEndings)).isEqualTo(whole);
        assertThat(whole).doesNotContainPattern("\r(?!\n)|(?<!\r)\n");
    }

    private static String collect(byte[] letter, int piece, LineEndings lineEndings) throws IOException {
        try (var collector = new MessageCollector(LIMITS, lineEndings, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            for (var at = 0; at < letter.length; at += piece) {
                collector.write(letter, at, Math.min(piece, letter.length - at));
            }
            return switch (collector.finish()) {
                case Collected.Refused(var reply) -> reply.toString();
                case Collected.Whole(var message, _) -> sound(message);
            };
        }
    }

    private static String sound(Message message) throws IOException {
        var header = message.header();
        assertThat(header.sizeBytes()).isLessThanOrEqualTo(LIMITS.headerBytes() + 2);
        assertThat(header.fields()).hasSizeLessThanOrEqualTo(LIMITS.headerFields());
        assertThat(Header.parse(header.octets())).isEqualTo(header);
        assertThat(new String(header.octets(), StandardCharsets.ISO_8859_1)).doesNotContain("\r\n\r\n").doesNotStartWith("\r\n");
        header.fields().forEach(field -> assertThat(field.value()).doesNotContain("\r", "\n"));

        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        assertThat(out.size()).isEqualTo(Math.toIntExact(message.sizeBytes()));
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
