package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import facteur.fixture.Corpus;
import facteur.fixture.Corpus.SampleLetter;
import facteur.mail.smtp.BodyType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each letter is fed whole, octet by octet, and cut in two at every place: it makes no difference to the result.
final class MessageCollectorTest {
    private static final MessageLimits ROOMY = new MessageLimits(1_000_000, 131_072, 1000, 65_536, 262_144);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void leavesNoFileBehind() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "                                              |                              | ``",
        "A: b\\r\\n\\r\\nbody\\r\\n                    | A: b\\r\\n                   | body\\r\\n",
        "A: b\\r\\n\\r\\n                              | A: b\\r\\n                   | ``",
        "A: b\\r\\n                                    | A: b\\r\\n                   | ``",
        "A: b                                          | A: b\\r\\n                   | ``",
        "A: b\\r\\n c                                  | A: b\\r\\n c\\r\\n           | ``",
        "A: b\\r\\n                                    | A: b\\r\\n                   | ``",
        "\\r\\n                                        |                              | ``",
        "\\r\\n\\r\\n                                  |                              | \\r\\n",
        "\\r\\nA: b\\r\\n                              |                              | A: b\\r\\n",
        "body                                          |                              | body",
        "b                                             |                              | b",
        "body\\r\\n                                    |                              | body\\r\\n",
        "body\\r\\nA: b\\r\\n\\r\\n                    |                              | body\\r\\nA: b\\r\\n\\r\\n",
        "` A: b\\r\\n\\r\\nbody`                       |                              | ` A: b\\r\\n\\r\\nbody`",
        "`: b\\r\\n\\r\\nbody`                         |                              | `: b\\r\\n\\r\\nbody`",
        "A: b\\r\\nbody\\r\\nC: d\\r\\n                | A: b\\r\\n                   | body\\r\\nC: d\\r\\n",
        "A: b\\r\\nbody                                | A: b\\r\\n                   | body",
        "A: b\\r\\nF\\0rom: d\\r\\n\\r\\n              | A: b\\r\\n                   | F\\0rom: d\\r\\n\\r\\n",
        "A: b\\r\\n \\r\\nC: d\\r\\n\\r\\nbody          | A: b\\r\\n \\r\\nC: d\\r\\n    | body",
        "A: b\\r\\n\\t \\r\\n\\r\\n \\r\\nbody          | A: b\\r\\n\\t \\r\\n          | ` \\r\\nbody`",
        "A : b\\r\\nB\\t:\\r\\n\\r\\nbody              | A : b\\r\\nB\\t:\\r\\n        | body",
        "A:\\r\\nA: b\\r\\n\\r\\n.\\r\\n..\\r\\n        | A:\\r\\nA: b\\r\\n            | .\\r\\n..\\r\\n",
        "A: b\\r\\n\\r\\nx\\0y\\r\\n                   | A: b\\r\\n                   | x\\0y\\r\\n",
        "A: x\\0y\\r\\n\\r\\n                          | A: x\\0y\\r\\n               | ``",
        "From a@b 12:00\\r\\nA: b\\r\\n\\r\\nbody     | X-Mailbox-Line: From a@b 12:00\\r\\nA: b\\r\\n | body",
        ">From a\\r\\nFrom b\\r\\nA: b\\r\\n            | X-Mailbox-Line: >From a\\r\\nX-Mailbox-Line: From b\\r\\nA: b\\r\\n | ``",
        ">>From a\\r\\nA: b                          | X-Mailbox-Line: >>From a\\r\\nA: b\\r\\n | ``",
        "From a\\r\\nFrom: b\\r\\n c\\r\\n            | X-Mailbox-Line: From a\\r\\nFrom: b\\r\\n c\\r\\n | ``",
        "From : a\\r\\nA: b\\r\\n                     | From : a\\r\\nA: b\\r\\n   | ``",
        "A: b\\r\\nFrom a\\r\\nC: d\\r\\n              | A: b\\r\\n                   | From a\\r\\nC: d\\r\\n",
        "From a\\r\\n\\r\\nA: b\\r\\n                 |                              | From a\\r\\n\\r\\nA: b\\r\\n",
        "From a\\r\\nbody\\r\\nA: b\\r\\n             |                              | From a\\r\\nbody\\r\\nA: b\\r\\n",
        "From a\\r\\n A: b\\r\\nC: d\\r\\n            |                              | From a\\r\\n A: b\\r\\nC: d\\r\\n",
        "From a\\r\\nFrom b                         |                              | From a\\r\\nFrom b",
        "From a                                    |                              | From a",
        "From\\r\\nA: b\\r\\n                         |                              | From\\r\\nA: b\\r\\n",
        "` From a\\r\\nA: b\\r\\n`                     |                              | ` From a\\r\\nA: b\\r\\n`",
        "\u00EF\u00BB\u00BFA: b\\r\\n\\r\\nbody           | A: b\\r\\n                   | body",
        "\u00EF\u00BB\u00BFA: b                         | A: b\\r\\n                   | ``",
        "\u00EF\u00BB\u00BFFrom a\\r\\nA: b\\r\\n           | X-Mailbox-Line: From a\\r\\nA: b\\r\\n | ``",
        "\u00EF\u00BB\u00BF\\r\\nA: b\\r\\n                 |                              | \u00EF\u00BB\u00BF\\r\\nA: b\\r\\n",
        "\u00EF\u00BB\u00BFbody\\r\\n                     |                              | \u00EF\u00BB\u00BFbody\\r\\n",
        "\u00EF\u00BB\u00BFFrom a\\r\\nbody\\r\\n           |                              | \u00EF\u00BB\u00BFFrom a\\r\\nbody\\r\\n",
        "\u00EF\u00BB\u00BF\u00EF\u00BB\u00BFA: b\\r\\n        |                              | \u00EF\u00BB\u00BF\u00EF\u00BB\u00BFA: b\\r\\n",
        "A: b\\r\\n\u00EF\u00BB\u00BFC: d\\r\\n             | A: b\\r\\n                   | \u00EF\u00BB\u00BFC: d\\r\\n",
        "\u00EF\u00BB                                  |                              | \u00EF\u00BB",
        "\u00EF\u00BB\u00BF                              |                              | \u00EF\u00BB\u00BF"
    })
    void splitsHeaderFromBody(String letter, String header, String body) {
        assertThat(everyWay(letter == null ? "" : letter, ROOMY, LineEndings.REJECT))
                .isEqualTo(whole(header == null ? "" : header, body));
    }

    @Test
    void linesOfAMailboxFileCountAsFields() {
        var limits = new MessageLimits(1_000_000, 131_072, 3, 65_536, 262_144);
        assertThat(everyWay("From a\\r\\nFrom b\\r\\nA: b\\r\\n", limits, LineEndings.REJECT)).startsWith("X-Mailbox-Line: From a");
        assertThat(everyWay("From a\\r\\nFrom b\\r\\nFrom c\\r\\nA: b\\r\\n", limits, LineEndings.REJECT)).startsWith("552 5.3.4");
        assertThat(everyWay("From a\\r\\n".repeat(4), limits, LineEndings.REJECT)).startsWith("552 5.3.4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "From a\\nA: b\\n\\nbody          | X-Mailbox-Line: From a\\r\\nA: b\\r\\n | body",
        "A: b\\n\\nbody\\n                | A: b\\r\\n             | body\\r\\n",
        "A: b\\r\\n\\nbody\\n\\r\\n\\n     | A: b\\r\\n             | body\\r\\n\\r\\n\\r\\n",
        "A: b\\n\\tc\\nD: e\\n.\\n         | A: b\\r\\n\\tc\\r\\nD: e\\r\\n | .\\r\\n",
        "\\n                              |                        | ``",
        "\\n\\n\\n                        |                        | \\r\\n\\r\\n",
        "A: b\\n\\n.\\n\\n.\\r\\n         | A: b\\r\\n             | .\\r\\n\\r\\n.\\r\\n"
    })
    void repairsOrRefusesABareLineFeed(String letter, String header, String body) {
        assertThat(everyWay(letter, ROOMY, LineEndings.REPAIR)).isEqualTo(whole(header == null ? "" : header, body));
        assertThat(everyWay(letter, ROOMY, LineEndings.REJECT)).isEqualTo("550 5.6.11 Bare line feed in message");
    }

    /// To a blank, never to a line end: nothing can begin behind it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\\r                              |                        | ` `",
        "\\rA: b\\r\\n                    |                        | ` A: b\\r\\n`",
        "A: b\\r                          | `A: b \\r\\n`          | ``",
        "A: b\\rC: d\\r\\n\\r\\n            | `A: b C: d\\r\\n`      | ``",
        "A: b\\r\\r\\n\\r\\n              | A: b\\r\\n             | ``",
        "A: b\\r\\r\\r\\n\\r\\r\\nbody\\r\\r\\n | A: b\\r\\n            | body\\r\\n",
        "A: b\\r\\n\\r                    | `A: b\\r\\n \\r\\n`      | ``",
        "A: b\\r\\n\\rbody                | `A: b\\r\\n body\\r\\n`  | ``",
        "A: b\\r\\n\\r\\r\\nbody            | A: b\\r\\n             | body",
        "A: b\\r\\n\\r\\nbody\\r            | A: b\\r\\n             | `body `",
        "A: b\\r\\n\\r\\nbody\\r.\\r\\n       | A: b\\r\\n             | `body .\\r\\n`",
        "A: b\\r\\n\\r\\nbody\\r\\n.\\rx       | A: b\\r\\n             | `body\\r\\n. x`",
        "A: b\\r\\n\\r\\nbody\\r\\0\\n         | A: b\\r\\n             | `body \\0\\r\\n`",
        "A: b\\r\\n\\r\\n10%\\r20%\\r\\r30%\\n  | A: b\\r\\n             | `10% 20%  30%\\r\\n`",
        "A: b\\r\\n\\r\\n\\r\\r\\n            | A: b\\r\\n             | \\r\\n"
    })
    void repairsOrRefusesABareCarriageReturn(String letter, String header, String body) {
        assertThat(everyWay(letter, ROOMY, LineEndings.REPAIR)).isEqualTo(whole(header == null ? "" : header, body));
        assertThat(everyWay(letter, ROOMY, LineEndings.REJECT)).isEqualTo("550 5.6.11 Bare carriage return in message");
    }

    /// Every limit, one octet or field within and one beyond. `-` stands for a letter that is accepted.
    @ParameterizedTest(name = "{3}")
    @MethodSource("limits")
    void keepsEveryLimit(MessageLimits limits, String letter, String refusal, String why) {
        var hasBareLineFeed = letter.replace("\\r\\n", "").contains("\\n");
        var result = everyWay(letter, limits, hasBareLineFeed ? LineEndings.REPAIR : LineEndings.REJECT);
        if (refusal.equals("-")) {
            assertThat(result).describedAs(why).doesNotMatch("55\\d .*");
        } else {
            assertThat(result).describedAs(why).isEqualTo(refusal);
        }
    }

    private static Stream<Arguments> limits() {
        var line = new MessageLimits(1000, 1000, 10, 10, 1000);
        var tooLong = "554 5.6.0 Line over 10 octets";
        var header = new MessageLimits(1000, 10, 10, 100, 1000);
        var largeHeader = "552 5.3.4 Header over 10 octets";
        var fields = new MessageLimits(1000, 1000, 3, 100, 1000);
        var manyFields = "552 5.3.4 More than 3 header fields";
        var message = new MessageLimits(18, 1000, 10, 1000, 4);
        var largeMessage = "552 5.3.4 Message over 18 octets";
        return Stream.of(
                arguments(line, "A: 456789\\r\\n\\r\\n0123456789\\r\\n", "-", "a field of 9 and a body line of 10 octets"),
                arguments(line, "A: 45678901\\r\\n\\r\\n", tooLong, "a field of 11"),
                arguments(line, "A: b\\r\\n\\r\\n01234567890\\r\\n", tooLong, "a body line of 11"),
                arguments(line, "A: b\\r\\n\\r\\n01234567890", tooLong, "a last line of 11 without an end"),
                arguments(line, "01234567890", tooLong, "a first line of 11 that is no field"),
                arguments(header, "A: 34567\\r\\n\\r\\nbody", "-", "a header of 10 with its line end"),
                arguments(header, "A: 34567\\r\\nbody that is longer\\r\\n", "-", "a header of 10 that a body line ends"),
                arguments(header, "A: 34567", "-", "a header of 10 once its line end is added"),
                arguments(header, "A: 345678\\r\\n\\r\\nbody", largeHeader, "a header of 11"),
                arguments(header, "A:\\r\\n 5678\\r\\n", largeHeader, "a folded header of 11"),
                arguments(header, "A: 345678", largeHeader, "a header of 11 without an end"),
                arguments(fields, "A: 1\\r\\nB: 2\\r\\nC: 3\\r\\n\\r\\nD: 4\\r\\nE: 5\\r\\n", "-", "3 fields, and lines like fields in the body"),
                arguments(fields, "A: 1\\r\\n 1\\r\\n 1\\r\\n 1\\r\\nB: 2\\r\\nC: 3\\r\\n\\r\\n", "-", "3 fields, one of them folded"),
                arguments(fields, "A: 1\\r\\nB: 2\\r\\nC: 3\\r\\nD: 4\\r\\n", manyFields, "4 fields"),
                arguments(fields, "A: 1\\r\\nA: 1\\r\\nA: 1\\r\\nA: 1", manyFields, "4 fields of one name"),
                arguments(message, "A: b\\r\\n\\r\\n01\\r\\n0123\\r\\n", "-", "18 octets"),
                arguments(message, "A: b\\r\\n\\r\\n01\\r\\n01234\\r\\n", largeMessage, "19 octets"),
                arguments(message, "A: b\\n\\n01\\n0123\\n", "-", "18 octets once line ends are repaired"),
                arguments(message, "A: b\\n\\n01\\n01234\\n", largeMessage, "19 octets once line ends are repaired"),
                arguments(message, "A: 3456789012345678901\\r\\n", largeMessage, "a header alone that is too large"));
    }

    @Test
    void manyCarriageReturnsAreAsManyBlanks() {
        var limits = new MessageLimits(200_000, 4_000, 10, 200_000, 1_000);
        assertThat(inPieces("A: b\r\n\r\nx" + "\r".repeat(50_000) + "y\r\n", limits))
                .isEqualTo(whole("A: b\r\n", "x" + " ".repeat(50_000) + "y\r\n"));
        assertThat(inPieces("A: b\r\n\r\nx" + "\r".repeat(50_000) + "\n", limits)).isEqualTo(whole("A: b\r\n", "x\r\n"));
        assertThat(inPieces("A: b" + "\r".repeat(50_000) + "c\r\n", limits)).isEqualTo("552 5.3.4 Header over 4000 octets");
    }

    /// Neither a field without end nor a body without header fills the memory, and both are what they were.
    @Test
    void keepsNoLongLineInTheHeader() {
        var limits = new MessageLimits(200_000, 4_000, 10, 200_000, 1_000);
        var line = "x".repeat(100_000);
        assertThat(inPieces("A: " + line + "\r\n\r\nbody", limits)).isEqualTo("552 5.3.4 Header over 4000 octets");
        assertThat(inPieces("A: b\r\n " + line, limits)).isEqualTo("552 5.3.4 Header over 4000 octets");
        assertThat(inPieces(line + "\r\nbody\r\n", limits)).isEqualTo(whole("", line + "\r\nbody\r\n"));
        assertThat(inPieces("A: b\r\n" + line + ": c\r\n", limits)).isEqualTo(whole("A: b\r\n", line + ": c\r\n"));
        assertThat(inPieces("A: " + "b".repeat(3_990) + "\r\nFrom: jan@dupont.example\r\n\r\n", limits))
                .isEqualTo("552 5.3.4 Header over 4000 octets");
        assertThat(inPieces("A: b\r\n\r\n" + line + "\r\n", limits)).isEqualTo(whole("A: b\r\n", line + "\r\n"));
    }

    /// The same in pieces of any size.
    private String inPieces(String letter, MessageLimits limits) {
        var results = new HashSet<String>();
        for (var piece : List.of(letter.length(), 1, 999, 1_001, 4_001, 8_192)) {
            var collector = collector(limits, LineEndings.REPAIR);
            for (var at = 0; at < letter.length(); at += piece) {
                feed(collector, letter.substring(at, Math.min(letter.length(), at + piece)));
            }
            results.add(result(collector));
        }
        assertThat(results).hasSize(1);
        return results.iterator().next();
    }

    /// The first octet that is wrong decides, not the first piece that holds something wrong.
    @ParameterizedTest
    @ValueSource(strings = {
        "A: b\\r\\n\\r\\n01\\r34\\r\\n0123456789012345678901234567890\\r\\n",
        "A: b\\r\\n\\r\\n0123456789012345678901234567890\\r0\\r\\n",
        "A: 456789012345678901234567890\\r\\r\\n",
        "A: b\\rc\\r\\n0123456789012345678901234567890123456789",
        "A: 1\\r\\nB: 2\\r\\nC: 3\\r\\nD: 4\\r\\n\\r\\r",
        "A: b\\n\\nbody\\rbody body body body body body body body body body"
    })
    void theFirstFaultDecides(String letter) {
        for (var lineEndings : LineEndings.values()) {
            assertThat(everyWay(letter, new MessageLimits(30, 20, 3, 15, 4), lineEndings)).startsWith("55");
        }
    }

    @Test
    void readsToTheEndBehindAFault() {
        var collector = collector(ROOMY, LineEndings.REJECT);
        feed(collector, "A: b\rc");
        for (var i = 0; i < 1000; i++) {
            feed(collector, "x".repeat(10_000));
        }
        assertThat(result(collector)).startsWith("550 5.6.11");
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true", "100, true"})
    void putsALargeBodyIntoAFile(int size, boolean inFile) throws IOException {
        for (var cut = 0; cut <= size; cut++) {
            var collector = collector(new MessageLimits(1000, 1000, 10, 1000, 4), LineEndings.REJECT);
            feed(collector, "A: b\r\n\r\n" + "x".repeat(cut));
            feed(collector, "x".repeat(size - cut));
            assertThat(collector.finish()).isInstanceOfSatisfying(Collected.Whole.class, whole -> {
                assertThat(whole.message().body() instanceof FileBody).isEqualTo(inFile);
                assertThat(whole.message().body().sizeBytes()).isEqualTo(size);
                assertThat(octets(whole.message())).isEqualTo("A: b\r\n\r\n" + "x".repeat(size));
                assertThat(octets(whole.message())).describedAs("written twice").isEqualTo("A: b\r\n\r\n" + "x".repeat(size));
                assertThat(whole.message().sizeBytes()).isEqualTo(8 + size);
                collector.close();
                drop(whole.message());
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "A: b\\r\\n\\r\\nabc\\r\\n         | SEVEN_BIT",
        "A: \u00e9\\r\\n\\r\\nabc\\r\\n    | SEVEN_BIT",
        "A: b\\r\\n\\r\\n\u00e9            | EIGHT_BIT",
        "A: b\\r\\n\\r\\n01234567\u0080\\n   | EIGHT_BIT",
        "A: b\\r\\nno field: \u00e9\\r\\n      | EIGHT_BIT",
        "\u00e9                                  | EIGHT_BIT",
        "A: b\\r\\n\\r\\n                    | SEVEN_BIT"
    })
    void tellsWhetherTheBodyHoldsEightBitOctets(String letter, BodyType body) {
        var octets = letter.translateEscapes();
        for (var piece = 1; piece <= octets.length(); piece++) {
            var collector = collector(new MessageLimits(1000, 1000, 10, 1000, 4), LineEndings.REPAIR);
            for (var at = 0; at < octets.length(); at += piece) {
                feed(collector, octets.substring(at, Math.min(at + piece, octets.length())));
            }
            assertThat(collector.finish()).isInstanceOfSatisfying(Collected.Whole.class, whole -> {
                assertThat(whole.body()).isEqualTo(body);
                drop(whole.message());
            });
        }
    }

    @Test
    void aLetterThatIsNotFinishedLeavesNoFile() throws IOException {
        try (var collector = collector(new MessageLimits(1000, 1000, 10, 1000, 4), LineEndings.REJECT)) {
            feed(collector, "A: b\r\n\r\n0123456789");
            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void asksToTryLaterWhenThereIsNoRoomForAFile() {
        var collector = new MessageCollector(new MessageLimits(1000, 1000, 10, 1000, 4), LineEndings.REJECT, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("No space left on device");
        });
        feed(collector, "A: b\r\n\r\n0123456789");
        feed(collector, "x\r\n");
        assertThat(result(collector)).isEqualTo("452 4.3.1 Not enough storage, try again later");
    }

    @Test
    void aFileThatShrankIsNotWrittenInSilence() throws IOException {
        var file = folder.resolve("body");
        Files.writeString(file, "short");
        var body = new FileBody(file, 6);
        assertThat(catchException(() -> body.writeTo(new ByteArrayOutputStream())))
                .isInstanceOf(IOException.class);
        Files.delete(file);
    }

    static List<SampleLetter> corpus() {
        return Corpus.letters();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void keepsEveryOctetOfTheCorpus(SampleLetter letter) {
        var octets = letter.octets();
        var text = letter.text();
        var parts = letter.parts();
        var random = new Random(42);
        var limits = new MessageLimits(1_000_000, 131_072, 1000, 65_536, 1000);
        for (var round = 0; round < 5; round++) {
            var collector = collector(limits, LineEndings.REJECT);
            for (var at = 0; at < octets.length;) {
                var length = Math.min(octets.length - at, round == 0 ? octets.length : 1 + random.nextInt(5000));
                collector.write(octets, at, length);
                at += length;
            }
            assertThat(collector.finish()).isInstanceOfSatisfying(Collected.Whole.class, whole -> {
                var header = new String(whole.message().header().octets(), StandardCharsets.ISO_8859_1);
                assertThat(header).isEqualTo(String.join("", parts.fields()));
                assertThat(octets(whole.message())).isEqualTo(header + "\r\n" + parts.body());
                assertThat(whole.body()).isEqualTo(holding(parts.body()));
                assertThat(whole.message().header().isAscii()).isEqualTo(holding(header) == BodyType.SEVEN_BIT);
                var blankLine = text.length() - header.length() - parts.body().length();
                assertThat(blankLine).isIn(0, 2);
                assertThat(text).isEqualTo(header + (blankLine == 2 ? "\r\n" : "") + parts.body());
                assertThat(Header.parse(whole.message().header().octets())).isEqualTo(whole.message().header());
                drop(whole.message());
            });
        }
    }

    private static BodyType holding(String octets) {
        return octets.chars().allMatch(c -> c < 128) ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT;
    }

    private static String whole(String header, String body) {
        return unescape(header) + "|" + unescape(body);
    }

    private String everyWay(String escaped, MessageLimits limits, LineEndings lineEndings) {
        var octets = unescape(escaped).getBytes(StandardCharsets.ISO_8859_1);
        var collector = collector(limits, lineEndings);
        collector.write(octets, 0, octets.length);
        var expected = result(collector);

        collector = collector(limits, lineEndings);
        for (var i = 0; i < octets.length; i++) {
            collector.write(octets, i, 1);
        }
        assertThat(result(collector)).describedAs("octet by octet").isEqualTo(expected);

        for (var cut = 0; cut <= octets.length; cut++) {
            collector = collector(limits, lineEndings);
            collector.write(octets, 0, cut);
            collector.write(octets, cut, octets.length - cut);
            assertThat(result(collector)).describedAs("cut at %d", cut).isEqualTo(expected);
        }
        return expected;
    }

    private MessageCollector collector(MessageLimits limits, LineEndings lineEndings) {
        return new MessageCollector(limits, lineEndings, new ReceivingMemory(1 << 30), () -> Files.createTempFile(folder, "", ""));
    }

    private static void feed(MessageCollector collector, String text) {
        var octets = text.getBytes(StandardCharsets.ISO_8859_1);
        collector.write(octets, 0, octets.length);
    }

    private static String result(MessageCollector collector) {
        return switch (collector.finish()) {
            case Collected.Refused(var reply) -> reply.toString();
            case Collected.Whole(var message, _) -> {
                var header = new String(message.header().octets(), StandardCharsets.ISO_8859_1);
                var body = octets(message).substring(header.length() + 2);
                drop(message);
                yield header + "|" + body;
            }
        };
    }

    private static String octets(Message message) {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static void drop(Message message) {
        if (message.body() instanceof FileBody(var file, var _)) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    }

    @Test
    void withoutRoomInMemoryABodyGoesToAFileAndTheMemoryComesBack() throws IOException {
        // Bodies leave half of it to what can't go to a file.
        var memory = new ReceivingMemory(200);
        var limits = new MessageLimits(1_000_000, 100_000, 100, 100_000, 1_000);
        try (var first = new MessageCollector(limits, LineEndings.REJECT, memory, () -> Files.createTempFile(folder, "", ""));
                var second = new MessageCollector(limits, LineEndings.REJECT, memory, () -> Files.createTempFile(folder, "", ""))) {
            var letter = ("a: b\r\n\r\n" + "x".repeat(80) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            first.write(letter, 0, letter.length);
            second.write(letter, 0, letter.length);
            assertThat(((Collected.Whole) first.finish()).message().body()).isInstanceOf(MemoryBody.class);
            var inFile = (FileBody) ((Collected.Whole) second.finish()).message().body();
            Files.delete(inFile.file());
            assertThat(memory.heldBytes()).isEqualTo(82);
        }
        assertThat(memory.heldBytes()).isZero();
    }

    @Test
    void withoutRoomInMemoryALongHeaderIsPutOff() {
        var memory = new ReceivingMemory(100);
        var limits = new MessageLimits(1_000_000, 100_000, 100, 100_000, 1_000);
        try (var collector = new MessageCollector(limits, LineEndings.REJECT, memory, () -> Files.createTempFile(folder, "", ""))) {
            var letter = ("a: " + "x".repeat(3_000) + "\r\n\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII);
            collector.write(letter, 0, letter.length);
            assertThat(((Collected.Refused) collector.finish()).reply().toString()).startsWith("452 4.3.1");
        }
        assertThat(memory.heldBytes()).isZero();
    }
}
