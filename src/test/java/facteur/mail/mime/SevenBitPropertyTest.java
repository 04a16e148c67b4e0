package facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MimeReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Any letter: its readers get the same, and nothing else changes. Each octet a character.
final class SevenBitPropertyTest {
    private static final Pattern LABEL = Pattern.compile("(?i)(content-transfer-encoding|mime-version):.*\r\n");

    private sealed interface Piece {
        record Leaf(String fields, String label, String content) implements Piece {}

        record Attached(Piece letter) implements Piece {}

        /// @param prose before the first part and behind the last
        /// @param end behind the last boundary, such as `--`; empty: there is none
        record Many(String label, List<Piece> parts, String prose, String end) implements Piece {}
    }

    @Property(tries = 300)
    void readersGetTheSame(@ForAll("letters") String letter) {
        assertThat(MimeReading.contents(Conversions.sent(letter))).isEqualTo(MimeReading.contents(letter));
    }

    @Property(tries = 300)
    void nothingElseChanges(@ForAll("letters") String letter) {
        assertThat(skeleton(Conversions.sent(letter))).isEqualTo(skeleton(letter));
    }

    @Property(tries = 300)
    void sevenBitsAreEnoughAndLinesShort(@ForAll("letters") String letter) {
        var converted = Conversions.sent(letter);
        assertThat(converted).matches(text -> text.chars().allMatch(c -> c < 128));
        assertThat(converted.lines().filter(line -> line.length() > 76)).isSubsetOf(letter.lines().toList());
    }

    @Property(tries = 300)
    void whatIsConvertedNeedsNoConversion(@ForAll("letters") String letter) {
        assertThat(Conversions.of(Conversions.sent(letter))).isEqualTo(new Conversion.Unchanged());
    }

    @Property(tries = 300)
    void quotedPrintableLinesAreNeverBoundaries(@ForAll("contents") String content) {
        var letter = written(new Piece.Many("", List.of(new Piece.Leaf("Content-Type: text/html\r\n", "", content + "\r\n\u00E9")), "", "--"), 0);
        assertThat(Conversions.sent(letter).lines().filter(line -> line.startsWith("--"))).containsExactly("--b0", "--b0--");
    }

    /// The letter with the content of its parts decoded, without the labels.
    private static String skeleton(String letter) {
        var header = letter.startsWith("\r\n") ? "" : letter.substring(0, letter.indexOf("\r\n\r\n") + 2);
        var body = letter.substring(header.length() + 2);
        var type = header.toLowerCase(Locale.ROOT);
        var bare = LABEL.matcher(header).replaceAll("") + "\r\n";
        if (type.contains("boundary=")) {
            var boundary = type.replaceAll("(?s).*boundary=\"?(b\\d+).*", "$1");
            var pieces = body.split("(?<=^|\r\n)--" + boundary + "(?=(--)?\r\n)", -1);
            var skeletons = new ArrayList<String>();
            for (var i = 0; i < pieces.length; i++) {
                var isPart = i > 0 && !pieces[i].startsWith("--");
                // The line end before a boundary belongs to it.
                var to = pieces[i].length() - (i < pieces.length - 1 && pieces[i].endsWith("\r\n") ? 2 : 0);
                skeletons.add(isPart ? "\r\n" + skeleton(pieces[i].substring(2, to)) + pieces[i].substring(to)
                        : pieces[i].replaceAll("[\u0080-\u00FF]", "?"));
            }
            return bare + String.join("--" + boundary, skeletons);
        }
        if (type.contains("message/rfc822")) {
            return bare + skeleton(body);
        }
        var label = type.replaceAll("(?s)(.*content-transfer-encoding: (\\S+)\r\n)?.*", "$2");
        return bare + (label.matches("quoted-printable|base64") ? MimeReading.decoded(body, label) : body);
    }

    @Provide
    Arbitrary<String> letters() {
        return pieces(3).map(piece -> "Subject: x\r\nMIME-Version: 1.0\r\n" + written(piece, 0));
    }

    private static String written(Piece piece, int depth) {
        return switch (piece) {
            case Piece.Leaf(var fields, var label, var content) -> fields + label + "\r\n" + content;
            case Piece.Attached(var letter) -> "Content-Type: message/rfc822\r\n\r\n" + written(letter, depth);
            case Piece.Many(var label, var parts, var prose, var end) -> "Content-Type: multipart/mixed; boundary=b" + depth + "\r\n" + label
                    + "\r\n" + prose
                    + parts.stream()
                            .map(part -> "--b" + depth + "\r\n" + written(part, depth + 1) + "\r\n")
                            .collect(Collectors.joining())
                    + (end.isEmpty() ? "" : "--b" + depth + end + "\r\n" + prose);
        };
    }

    private Arbitrary<Piece> pieces(int depth) {
        var labels = Arbitraries.of("", "Content-Transfer-Encoding: 8bit\r\n", "CONTENT-transfer-encoding: Binary\r\n");
        var types = Arbitraries.of("", "Content-Type: text/html; charset=utf-8\r\n", "X-A: 1\r\nContent-Type: Image/PNG\r\nX-B: 2\r\n");
        Arbitrary<Piece> leaf = Combinators.combine(types, labels, contents()).as(Piece.Leaf::new);
        if (depth == 0) {
            return leaf;
        }
        var prose = Arbitraries.of("", "\r\n", "For old programs.\r\n\r\n", "F\u00FCr alte Programme.\r\n");
        var inner = Arbitraries.lazy(() -> pieces(depth - 1));
        return Arbitraries.frequencyOf(
                Tuple.of(2, leaf),
                Tuple.of(1, inner.map(Piece.Attached::new)),
                Tuple.of(3, Combinators.combine(labels, inner.list().ofMinSize(1).ofMaxSize(3), prose, Arbitraries.of("--", "--", ""))
                        .as(Piece.Many::new)));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of(
                "", "\r\n", "Good day", "\u00E9", "\u00C3\u00A9", " ", "\t", "=", "=E9", ".", "--", "-", "From ", "\0", "\u007F", "\r\n.\r\n",
                "x".repeat(70),
                "=\r\n", "y".repeat(1000), "--b", "--b\u00E9", "\u00E9".repeat(90))
                .list()
                .ofMaxSize(8)
                .map(words -> String.join("", words));
    }
}
