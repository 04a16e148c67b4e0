package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.Corpus;
import facteur.fixture.Corpus.Parts;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.PlainVerifier;
import facteur.fixture.TestTime;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SignerTest {
    private static final String DOMAIN = "dupont.example";
    private static final PlainVerifier VERIFIER = new PlainVerifier(Published.of(DOMAIN, TestKeys.BOTH));
    private static final String LETTER = """
            Received: from app.example by relay.example.org
            From: Cabinet Dupont <office@dupont.example>
            Reply-To: An Peeters <an@dupont.example>
            To: client@example.com
            Subject: Your invoice
            Date: Mon, 23 Nov 2026 08:00:00 +0000
            Message-ID: <1@dupont.example>
            MIME-Version: 1.0
            Content-Type: text/plain
            List-Unsubscribe: <https://dupont.example/u>
            X-Mailer: Suite

            Good day!
            """.replace("\n", "\r\n");

    static List<Corpus.SampleLetter> letters() {
        return Corpus.letters();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("letters")
    void signsEveryLetterSoThatItVerifies(Corpus.SampleLetter letter) throws IOException {
        var signed = signed(letter.text());

        assertThat(VERIFIER.verify(signed)).containsSubsequence("pass", "pass");
        assertThat(Parts.of(signed).fields().subList(2, Parts.of(signed).fields().size())).isEqualTo(letter.parts().fields());
        assertThat(Parts.of(signed).body()).isEqualTo(letter.parts().body());
    }

    @Property(tries = 300)
    void signsWhateverLetterSoThatItVerifies(@ForAll("octets") String letter) throws IOException {
        assertThat(VERIFIER.verify(signed(letter)).subList(0, 2)).containsExactly("pass", "pass");
    }

    /// With line ends as the collector leaves them.
    @Provide
    Arbitrary<String> octets() {
        return ArbitraryLetters.letters().map(letter -> letter.replaceAll("\r(?!\n)", "").replaceAll("(?<!\r)\n", "\r\n"));
    }

    @Test
    void writesTheFieldAsTheRfcHasIt() throws IOException {
        assertThat(signed(LETTER)).matches("(?s)" + """
                DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=dupont.example;
                \ts=test-rsa; t=1795420800;
                \th=from:from:reply-to:reply-to:subject:subject:to:to:cc:date:date:
                \tmessage-id:mime-version:mime-version:content-type:content-type:
                \tlist-unsubscribe;
                \tbh=[A-Za-z0-9+/]{43}=;
                \tb=([A-Za-z0-9+/]{72}\r
                \t){4}[A-Za-z0-9+/]{54}==
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=dupont.example;
                \ts=test-ed25519; t=1795420800;
                """.replaceAll("\r?\n", "\r\n") + ".*");
    }

    @Test
    void leavesALetterAloneWithoutAKey() throws IOException {
        var message = message(LETTER);
        var signed = new Signer(_ -> List.of(), new TestTime()).sign(message, DOMAIN);

        assertThat(signed.message()).isSameAs(message);
        assertThat(signed.keys()).isEmpty();
    }

    /// What is written in the place of what.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Good day!                   | Good day?                                 | body
            Good day!                   | Good day!!                                | body
            Good day!                   | Goodday!                                  | body
            From: Cabinet               | From: Kabinet                             | header
            office@dupont.example       | office@dupond.example                     | header
            From: Cabinet               | From: Eve <eve@evil.example>/From: Cabinet | header
            X-Mailer: Suite             | From: Eve <eve@evil.example>/X-Mailer: Suite | header
            X-Mailer: Suite             | Reply-To: eve@evil.example/X-Mailer: Suite | header
            X-Mailer: Suite             | Cc: eve@evil.example/X-Mailer: Suite      | header
            X-Mailer: Suite             | Subject: Another/X-Mailer: Suite          | header
            X-Mailer: Suite             | Content-Type: text/html/X-Mailer: Suite   | header
            Subject: Your invoice       | Subject: Your  invoice.                   | header
            List-Unsubscribe: <https:   | List-Unsubscribe: <http:                  | header
            t=1795420800                | t=1795420801                              | header
            X-Mailer: Suite             | X-Mailer: Other                           | pass
            X-Mailer: Suite             | X-Spam: no/X-Mailer: Suite                | pass
            Subject: Your invoice       | SUBJECT  :  Your _   invoice              | pass
            Good day!                   | Good  day!_                               | pass
            """)
    void coversWhatAReaderSees(String old, String replacement, String verdict) throws IOException {
        var signed = signed(LETTER);
        assertThat(VERIFIER.verify(signed)).containsExactly("pass", "pass");
        UnaryOperator<String> tampered = text -> text.replace(old, replacement.replace("_", "\t").replaceAll("/(?=[A-Z])", "\r\n"));

        assertThat(tampered.apply(signed)).isNotEqualTo(signed);
        assertThat(VERIFIER.verify(tampered.apply(signed))).containsExactly(verdict, verdict);
    }

    @Test
    void readsALargeBodyFromItsFile(@TempDir Path folder) throws IOException {
        var line = "All work and no play  makes Jan a dull boy. \r\n";
        var body = line.repeat(1 + (35 << 20) / line.length()).getBytes(StandardCharsets.US_ASCII);
        var file = Files.write(folder.resolve("body"), body);
        var header = message(LETTER).header();

        var fromFile = sign(new Message(header, new FileBody(file, body.length)));
        var fromMemory = sign(new Message(header, new MemoryBody(body)));

        assertThat(fromFile.header()).isEqualTo(fromMemory.header());
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> sign(new Message(header, new FileBody(file, body.length)))).isInstanceOf(IOException.class);
    }

    private static String signed(String letter) throws IOException {
        var out = new ByteArrayOutputStream();
        sign(message(letter)).writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static Message sign(Message message) throws IOException {
        var signed = new Signer(_ -> TestKeys.BOTH, new TestTime()).sign(message, DOMAIN);
        assertThat(signed.keys()).isEqualTo(TestKeys.BOTH);
        return signed.message();
    }

    private static Message message(String letter) {
        var parts = Parts.of(letter);
        return new Message(Header.parse(octets(String.join("", parts.fields()))), new MemoryBody(octets(parts.body())));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
