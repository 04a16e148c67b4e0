package facteur.mail.mime;

import static facteur.mail.mime.Conversions.sent;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Corpus;
import facteur.fixture.MimeReading;
import facteur.mail.message.FileBody;
import facteur.mail.message.Message;
import facteur.mail.message.ReceivingMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Letters before and after, octet by octet; each octet a character. `é` stands for one octet of ISO-8859-1.
final class SevenBitTest {
    private static final String LONG_WORD =
            "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé";

    @Test
    void encodesTextQuotedPrintableAndReplacesItsLabelInPlace() {
        assertThat(sent(lines("From: a@x.example", "content-transfer-encoding: 8BIT", "Content-Type: text/plain; charset=iso-8859-1",
                "MIME-Version: 1.0", "Subject: x", "", "Café = 1 \t", "", "-- ", ".", "From me", "--x", "Fin")))
                .isEqualTo(lines("From: a@x.example", "content-transfer-encoding: quoted-printable",
                        "Content-Type: text/plain; charset=iso-8859-1", "MIME-Version: 1.0", "Subject: x", "",
                        "Caf=E9 =3D 1 =09", "", "=2D-=20", "=2E", "=46rom me", "=2D-x", "Fin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7bit", "8bit", "8-bit", "utf-8", "BINARY", "8bit (really)", "8bit;"})
    void goesByTheOctetsWhateverTheLabel(String label) {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Transfer-Encoding: " + label, "", "é")))
                .isEqualTo(lines("MIME-Version: 1.0", "Content-Transfer-Encoding: quoted-printable", "", "=E9"));
    }

    @Test
    void makesALetterWithoutAnyLabelOneOfMime() {
        assertThat(sent(lines("Subject: x", "", "Café")))
                .isEqualTo(lines("Subject: x", "MIME-Version: 1.0", "Content-Transfer-Encoding: quoted-printable", "", "Caf=E9"));
    }

    @Test
    void leavesALetterOfAsciiAloneWhateverItsLabels() {
        assertThat(Conversions.of(lines("Content-Type: multipart/signed; boundary=b", "Content-Transfer-Encoding: 8bit", "",
                "--b", "Content-Transfer-Encoding: binary", "", "Good day", "--b--")))
                .isEqualTo(new Conversion.Unchanged());
    }

    @Test
    void changesOfAMultipartOnlyThePartsThatNeedIt() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"b b\"", "Content-Transfer-Encoding: 8bit", "",
                "before  ", "--b b", "Content-Type: text/plain; charset=utf-8", "Content-Disposition: inline", "", "é", "--b b \t",
                "X: 1", "Content-Transfer-Encoding: base64", "", "/w==", "--b b", "", "ASCII  ", "--b b--", "behind", "é")))
                .isEqualTo(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"b b\"", "Content-Transfer-Encoding: 7bit", "",
                        "before  ", "--b b", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
                        "Content-Disposition: inline", "", "=E9", "--b b \t", "X: 1", "Content-Transfer-Encoding: base64", "", "/w==", "--b b",
                        "", "ASCII  ", "--b b--", "behind", "?"));
    }

    @Test
    void labelsAPartWithoutAHeader() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "é", "--b--")))
                .isEqualTo(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b",
                        "Content-Transfer-Encoding: quoted-printable", "", "=E9", "--b--"));
    }

    @Test
    void keepsTheLabelsThatAreTrueBesideThoseThatAreNotAnyMore() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Transfer-Encoding: 8bit", "",
                "ASCII", "--b", "Content-Transfer-Encoding: binary", "", "x".repeat(999), "--b", "", "é", "--b--")))
                .contains("--b\r\nContent-Transfer-Encoding: 7bit\r\n\r\nASCII\r\n", "--b\r\nContent-Transfer-Encoding: binary\r\n\r\nxxx");
    }

    @Test
    void looksIntoAnAttachedLetter() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/digest; boundary=b", "", "--b", "", ">From a@x.example Mon",
                "Subject: é", "", "é", "--b", "Content-Type: message/rfc822", "Content-Transfer-Encoding: 8bit", "",
                "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=c", "", "--c", "", "é", "--b--")))
                .isEqualTo(lines("MIME-Version: 1.0", "Content-Type: multipart/digest; boundary=b", "", "--b", "", ">From a@x.example Mon",
                        "Subject: é", "MIME-Version: 1.0", "Content-Transfer-Encoding: quoted-printable", "", "=E9", "--b",
                        "Content-Type: message/rfc822", "Content-Transfer-Encoding: 7bit", "", "MIME-Version: 1.0",
                        "Content-Type: multipart/alternative; boundary=c", "", "--c", "Content-Transfer-Encoding: quoted-printable", "", "=E9",
                        "--b--"));
    }

    @Test
    void encodesWhatIsNoTextInBase64() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b",
                "Content-Type: application/json", "", "{\"é\"}", "--b--")))
                .contains("application/json\r\nContent-Transfer-Encoding: base64\r\n\r\neyLpIn0=\r\n--b--");
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG_WORD, "é ASCII with a \0 in it, and much of it", "é a carriage return \r alone in a long line"})
    void encodesTextInBase64WhereThatIsShorterOrSafer(String text) {
        var converted = sent(lines("MIME-Version: 1.0", "Content-Type: text/plain", "", text));
        assertThat(converted).contains("\r\nContent-Transfer-Encoding: base64\r\n").endsWith("\r\n");
        assertThat(MimeReading.contents(converted)).containsExactly("text/plain: " + text + "\r\n");
    }

    @Test
    void completesWhatIsQuotedPrintableOnlyInPart() {
        var text = "=C3=A9 " + "é".repeat(30) + "=\r\n=3D" + "x".repeat(68) + "=3D" + " \r\n";
        var letter = lines("MIME-Version: 1.0", "Content-Transfer-Encoding: quoted-printable", "", text);
        assertThat(sent(letter)).contains("\r\n\r\n=C3=A9 =E9=E9").contains("=\r\n=3Dxxx");
        assertThat(sent(letter).lines()).allMatch(line -> line.length() <= 76);
        assertThat(MimeReading.contents(sent(letter))).isEqualTo(MimeReading.contents(letter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "global-headers", "global-delivery-status", "global-disposition-notification"})
    void encodesTheTypesThatWereMadeForUtf8(String type) {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: message/" + type, "", "Subject: some words, then é")))
                .endsWith("Content-Transfer-Encoding: quoted-printable\r\n\r\nSubject: some words, then =E9\r\n");
    }

    static Stream<String> unfit() {
        return Stream.of(
                lines("Content-Type: multipart/signed; boundary=b", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/encrypted; boundary=b", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=a", "", "--a", "", "é", "--a", "Content-Type: Multipart/Signed; boundary=b",
                        "", "--b", "Subject: é", "", "x", "--b--", "--a--"),
                lines("Content-Type: multipart/mixed", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=\"b", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b; boundary=c", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary*0=b; boundary*1=c", "", "--bc", "", "é", "--bc--"),
                lines("Content-Type: multipart/mixed; boundary=\"b \"", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=é", "", "--é", "", "x", "--é--"),
                lines("Content-Type: multipart/mixed; boundary=c", "", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "é",
                        "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "é", "--bc", "", "x", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b: x", "", "é", "--b", "", "x", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b--", "--b", "", "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "no field", "", "é", "--b--"),
                lines("Content-Type: text/plain", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "é", "--b--"),
                lines("Content-Transfer-Encoding: 8bit", "Content-Transfer-Encoding: base64", "", "é"),
                lines("Content-Transfer-Encoding: base64", "", "é"),
                lines("Content-Transfer-Encoding: x-uuencode", "", "é"),
                lines("Content-Type: message/partial; id=1", "", "é"),
                lines("Content-Type: message/external-body", "", "é"),
                lines("Content-Type: message/delivery-status", "", "é"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b\r\n\r\nx\r\n".repeat(10_001) + "é", "--b--"),
                lines("Content-Type: multipart/mixed; boundary=b", "", nested(0, 101) + "é"),
                lines("Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: multipart/mixed;" + "x".repeat(9_000), " boundary=c", "",
                        "--c", "", "é", "--b--"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void leavesAloneWhatItWouldDamageOrCantReadForCertain(String letter) {
        assertThat(Conversions.of(letter)).isInstanceOf(Conversion.Unfit.class);
        assertThat(Conversions.of(letter.replace('é', 'e'))).isEqualTo(new Conversion.Unchanged());
    }

    @Test
    void saysWhyALetterIsUnfit() {
        assertThat(unfit().limit(1).map(Conversions::of))
                .containsExactly(new Conversion.Unfit("a part that is signed holds 8-bit octets"));
    }

    @Test
    void convertsAroundASignedPart() {
        var signed = lines("--a", "Content-Type: multipart/signed; boundary=b", "Content-Transfer-Encoding: 8bit", "", "--b",
                "Content-Transfer-Encoding: 8bit", "", "ASCII", "--b--", "--a--");
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=a", "", "--a", "", "é") + signed))
                .endsWith("=E9\r\n" + signed);
    }

    @Test
    void goesAsDeepAsItSays() {
        assertThat(sent(lines("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", nested(0, 99) + "é"))).endsWith("\r\n=E9\r\n");
    }

    @Test
    void leavesEightBitOctetsOfHeadersToTheirReaders() {
        var letter = lines("Subject: é", "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Disposition: attachment; filename=é",
                "", "x", "--b--");
        assertThat(Conversions.of(letter)).isEqualTo(new Conversion.Unchanged());
    }

    static Stream<Corpus.SampleLetter> corpus() {
        return Corpus.letters().stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void keepsWhatAReaderGetsOutOfALetter(Corpus.SampleLetter letter) {
        if (Conversions.of(letter.text()) instanceof Conversion.Converted(var converted)) {
            assertThat(MimeReading.contents(Conversions.text(converted))).isEqualTo(MimeReading.contents(letter.text()));
        } else {
            assertThat(letter.isEightBit() && letter.isHeaderAscii() && !letter.name().contains("signed")).isFalse();
        }
    }

    @Test
    void holdsLittleOfALargeLetterInMemory(@TempDir Path folder) throws IOException {
        var body = folder.resolve("body");
        var line = "Überall gleich lange Zeilen, und davon viele.\r\n".getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(body)) {
            for (var i = 0; i < 20_000; i++) {
                out.write(line);
            }
        }
        var memory = new ReceivingMemory(1 << 20);
        var sevenBit = new SevenBit(4096, memory, () -> Files.createTempFile(folder, "new", ".body"));
        var letter = new Message(Conversions.message(lines("Subject: x", "", "")).header(), new FileBody(body, Files.size(body)));

        var converted = (Conversion.Converted) sevenBit.convert(letter);
        assertThat(converted.message().body()).isInstanceOfSatisfying(FileBody.class, large -> assertThat(large.file()).hasSize(large.sizeBytes()));
        assertThat(Conversions.text(converted.message())).contains("=C3=9Cberall gleich");
        assertThat(memory.heldBytes()).isZero();

        converted.discard();
        assertThat(folder).isDirectoryContaining(file -> file.equals(body)).isDirectoryNotContaining(file -> !file.equals(body));
    }

    /// Opens multiparts within each other, then a part.
    private static String nested(int from, int to) {
        var text = new StringBuilder("--b\r\n");
        for (var i = from; i < to; i++) {
            text.append("Content-Type: multipart/mixed; boundary=n%03d\r\n\r\n--n%03d\r\n".formatted(i, i));
        }
        return text + "\r\n";
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
