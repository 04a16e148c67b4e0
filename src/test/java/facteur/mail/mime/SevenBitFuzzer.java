package facteur.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.fixture.Corpus.Parts;
import java.util.ArrayList;
import java.util.List;

/// Any octets of a letter: it is converted or not, without an exception; what is converted needs no second
/// conversion, is no more than a few times as long, and holds 8-bit octets nowhere but in headers that had them. Lives here
/// for the reader of lines.
final class SevenBitFuzzer {
    /// Quoted-printable takes three octets and soft line breaks for one.
    private static final int LONGER = 4;

    /// A label, for each part; a part takes three octets at least.
    private static final int LABEL = 64;

    @FuzzTest(maxDuration = "1m")
    void convertsOnce(byte[] input) {
        var letter = letter(input);
        switch (Conversions.of(letter)) {
            case Conversion.Converted(var message) -> {
                var converted = Conversions.text(message);
                assertThat(Conversions.of(converted)).isEqualTo(new Conversion.Unchanged());
                assertThat(converted.length()).isLessThanOrEqualTo((LONGER + LABEL / 3) * letter.length() + 2 * LABEL);
                assertThat(wideLines(converted)).isSubsetOf(wideLines(letter));
            }
            case Conversion.Unchanged() ->
                assertThat(Conversions.of(letter.replaceAll("[\u0080-\u00FF]", "?"))).isEqualTo(new Conversion.Unchanged());
            case Conversion.Unfit(var why) -> assertThat(why).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void readsTheSameLinesInPieces(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var piece = 1 + (input[0] & 15);
        assertThat(lines(input, piece)).isEqualTo(lines(input, input.length));
    }

    /// With line ends as they are kept.
    private static String letter(byte[] input) {
        var text = new String(input, ISO_8859_1).replace("\r", "").replace("\n", "\r\n");
        var parts = Parts.of(text);
        return String.join("", parts.fields()) + "\r\n" + parts.body();
    }

    private static List<String> wideLines(String text) {
        return text.lines().filter(line -> line.chars().anyMatch(c -> c > 127)).toList();
    }

    private static List<String> lines(byte[] input, int piece) {
        var lines = new ArrayList<String>();
        var stream = new LineStream(new LineStream.Lines() {
            @Override
            public void begin(long at, byte[] octets, int from, int to) {
                lines.add(at + " " + new String(octets, from, to - from, ISO_8859_1));
            }

            @Override
            public void more(byte[] octets, int from, int to) {
                lines.set(lines.size() - 1, lines.getLast() + new String(octets, from, to - from, ISO_8859_1));
            }
        });
        for (var at = 0; at < input.length; at += piece) {
            stream.write(input, at, Math.min(piece, input.length - at));
        }
        stream.finish();
        return lines;
    }
}
