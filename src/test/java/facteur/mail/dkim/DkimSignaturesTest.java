package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RsaKeys;
import facteur.fixture.TestTime;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// On letters that dkimpy has signed, in `src/test/resources/dkim`, and on our own.
final class DkimSignaturesTest {
    private static final Path LETTERS = Path.of("src/test/resources/dkim");
    private static final String NAME = "s1._domainkey.bakker.example";

    private static String read(String file) {
        try {
            return Files.readString(LETTERS.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private static Message message(String letter) {
        var end = letter.indexOf("\r\n\r\n") + 2;
        return new Message(
                Header.parse(letter.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)),
                new MemoryBody(letter.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static List<String> verdicts(String letter, Map<String, PublishedKey> keys) {
        var message = message(letter);
        var signatures = DkimSignatures.of(message.header());
        var answers =
                signatures.keyNames().stream().collect(Collectors.toMap(name -> name, name -> keys.getOrDefault(name, new PublishedKey.Missing())));
        try {
            var evidence = new Evidence(BodyHashes.of(message.body(), signatures.bodyForms()), answers, TestTime.START);
            return signatures.check(evidence).stream()
                    .map(DkimResult::verdict)
                    .map(verdict -> (verdict.outcome() + " " + verdict.reason()).strip())
                    .toList();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String verdict(String letter, String record) {
        return verdicts(letter, Map.of(NAME, new PublishedKey.Found(record))).getFirst();
    }

    private static String verdict(String letter) {
        return verdict(letter, read("record"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple-simple", "simple-relaxed", "relaxed-simple", "relaxed-relaxed", "no-body", "part"})
    void verifiesWhatDkimpyHasSigned(String name) {
        var letter = read(name + ".eml");
        assertThat(verdict(letter)).isEqualTo("PASS");
        assertThat(verdict(letter, read("record.bare"))).isEqualTo("PASS");
        assertThat(verdict(letter.replace("facture", "factura"))).isEqualTo("FAIL the signature isn't of this letter");
        assertThat(verdict(letter.replace("\r\nFrom:", "\r\nFrom: eve@evil.example\r\nFrom:"))).isEqualTo("PERMERROR several From fields");
    }

    @Test
    void blanksCountInTheSimpleFormsOnly() {
        assertThat(verdict(read("simple-simple.eml").replace("Pourquoi  ", "Pourquoi "))).isEqualTo("FAIL the body was changed");
        assertThat(verdict(read("relaxed-simple.eml").replace("Pourquoi  ", "Pourquoi "))).isEqualTo("FAIL the body was changed");
        assertThat(verdict(read("simple-relaxed.eml").replace("Pourquoi  ", "Pourquoi "))).isEqualTo("PASS");
        assertThat(verdict(read("relaxed-relaxed.eml").replace("Pourquoi  ", "Pourquoi "))).isEqualTo("PASS");
        assertThat(verdict(read("simple-relaxed.eml").replace("SUBJECT:Re", "Subject: Re"))).isEqualTo("FAIL the signature isn't of this letter");
        assertThat(verdict(read("relaxed-relaxed.eml").replace("SUBJECT:Re", "Subject: Re"))).isEqualTo("PASS");
        for (var name : List.of("simple-simple", "simple-relaxed", "relaxed-simple", "relaxed-relaxed")) {
            assertThat(verdict(read(name + ".eml") + "\r\n\r\n")).isEqualTo("PASS");
            assertThat(verdict(read(name + ".eml") + "more\r\n")).isEqualTo("FAIL the body was changed");
        }
    }

    @Test
    void aBodyThatIsSignedInPartIsNotBelieved() {
        assertThat(verdict(read("part.eml") + "more\r\n")).isEqualTo("POLICY part of the body isn't signed");
        assertThat(verdict(read("part.eml").replaceFirst("(?s)Bob\r\n(\r\n)+$", ""))).isEqualTo("FAIL the body was changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=1                    | v=2                    | NEUTRAL the signature can't be read
            v=1;                   | v=1; v=1;              | NEUTRAL the signature can't be read
            a=rsa-sha256           | a=rsa-sha1             | NEUTRAL the signature can't be read
            c=relaxed/relaxed      | c=relaxed/odd          | NEUTRAL the signature can't be read
            d=bakker.example       | d=..                   | NEUTRAL the signature can't be read
            d=bakker.example       | d=other.example        | NEUTRAL the signature can't be read
            i=bob@mail             | i=bob@evil             | FAIL the signature isn't of this letter
            q=dns/txt              | q=dns/other            | NEUTRAL the signature can't be read
            h=from                 | h=fr(om                | FAIL the signature isn't of this letter
            h=from                 | x=1; h=from            | FAIL the signature has expired
            h=from                 | x=never; h=from        | NEUTRAL the signature can't be read
            h=from                 | l=1; h=from            | FAIL the body was changed
            h=from                 | l=99999; h=from        | FAIL the body was changed
            h=from                 | l=99999999999999; h=from | NEUTRAL the signature can't be read
            t=                     | t=1                    | FAIL the signature isn't of this letter
            """)
    void saysWhatIsWrong(String before, String after, String verdict) {
        var letter = read("relaxed-relaxed.eml");
        assertThat(letter).contains(before);
        assertThat(verdict(letter.replace(before, after))).isEqualTo(verdict);
    }

    /// Though each of them is signed.
    @Test
    void severalFromFieldsAreNoLetter() throws IOException {
        var twice = read("part.eml").replace("\r\nFrom:", "\r\nfrom : eve@evil.example\r\nFrom:");
        var out = new ByteArrayOutputStream();
        new Signer(_ -> TestKeys.BOTH, new TestTime()).sign(message(twice), "dupont.example").message().writeTo(out);
        assertThat(verdicts(out.toString(StandardCharsets.ISO_8859_1), ours())).hasSize(3).containsOnly("PERMERROR several From fields");
    }

    /// The signature is of the octets as they are written; the hash is compared as octets.
    @Test
    void theHashOfTheBodyMayBeWrittenInSeveralWays() {
        var letter = read("relaxed-relaxed.eml");
        var bare = letter.replaceFirst("(?s)(\\bbh=[^;=]*)=+", "$1");
        assertThat(bare).isNotEqualTo(letter);
        assertThat(verdict(bare)).isEqualTo("FAIL the signature isn't of this letter");
        assertThat(verdict(letter.replaceFirst("(?s)\\bbh=[^;]*", "bh=!"))).isEqualTo("FAIL the body was changed");
        assertThat(verdict(letter.replaceFirst("(?s)\\bbh=[^;]*", "bh="))).isEqualTo("FAIL the body was changed");
    }

    @Test
    void fromMustBeSigned() {
        assertThat(verdict(read("relaxed-relaxed.eml").replaceAll("(?s)h=from(.*?): *\\s*from;", "h=to$1;")))
                .isEqualTo("PERMERROR From isn't signed");
    }

    @Test
    void theKeyMustBeForIt() throws Exception {
        var letter = read("relaxed-relaxed.eml");
        var record = read("record").strip();
        var none = "PERMERROR the key isn't for rsa-sha256 and mail";
        assertThat(verdict(letter, record.replace("k=rsa", "k=ed25519"))).isEqualTo(none);
        assertThat(verdict(letter, record.replace("k=rsa", "h=sha1"))).isEqualTo(none);
        assertThat(verdict(letter, record.replace("k=rsa", "s=tlsrpt"))).isEqualTo(none);
        assertThat(verdict(letter, record.replace("k=rsa", "t=y:s"))).isEqualTo("PERMERROR the key isn't for subdomains");
        assertThat(verdict(letter, record.replace("k=rsa", "t=y"))).isEqualTo("PASS");
        assertThat(verdict(letter, "v=DKIM1; p=")).isEqualTo("PERMERROR the key is revoked");
        assertThat(verdict(letter, "v=DKIM1; p=AAAA")).isEqualTo("PERMERROR the key can't be used");
        assertThat(verdict(letter, "v=DKIM1; p=!")).isEqualTo("PERMERROR the key can't be used");
        assertThat(verdict(letter, "v=spf1 -all")).isEqualTo("PERMERROR no record of a key");
        var other = Base64.getEncoder().encodeToString(RsaKeys.next(1024).getPublic().getEncoded());
        assertThat(verdict(letter, "p=" + other)).isEqualTo("FAIL the signature isn't of this letter");
        var weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(512);
        assertThat(verdict(letter, "p=" + Base64.getEncoder().encodeToString(weak.generateKeyPair().getPublic().getEncoded())))
                .isEqualTo("PERMERROR the key can't be used");
        assertThat(verdicts(letter, Map.of())).containsExactly("PERMERROR there is no such key");
        assertThat(verdicts(letter, Map.of(NAME, new PublishedKey.TooMany()))).containsExactly("PERMERROR too many keys");
        assertThat(verdicts(letter, Map.of(NAME, new PublishedKey.Unknown("SERVFAIL")))).containsExactly("TEMPERROR DNS doesn't answer for the key");
    }

    /// Verifying takes the longer, the longer the exponent is.
    @Test
    void aKeyThatTakesLongIsNotUsed() throws GeneralSecurityException {
        var letter = read("relaxed-relaxed.eml");
        assertThat(verdict(letter, record(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))).isEqualTo("FAIL the signature isn't of this letter");
        assertThat(verdict(letter, record(BigInteger.TWO.pow(64).add(BigInteger.ONE)))).isEqualTo("PERMERROR the key can't be used");
    }

    private static String record(BigInteger exponent) throws GeneralSecurityException {
        var modulus = ((RSAPublicKey) RsaKeys.next(1024).getPublic()).getModulus();
        var key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        return "p=" + Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static Map<String, PublishedKey> ours() {
        return TestKeys.BOTH.stream().collect(Collectors.<DkimKey, String, PublishedKey>toMap(
                key -> key.recordName("dupont.example"), key -> new PublishedKey.Found(key.recordText())));
    }

    @Test
    void verifiesOurOwnInTheirOrder() throws IOException {
        var out = new ByteArrayOutputStream();
        new Signer(_ -> TestKeys.BOTH, new TestTime()).sign(message(read("part.eml")), "dupont.example").message().writeTo(out);
        assertThat(verdicts(out.toString(StandardCharsets.ISO_8859_1), ours())).containsExactly("PASS", "PASS", "PERMERROR there is no such key");
    }

    @Test
    void noMoreThanTenAreLookedAt() {
        var letter = read("part.eml");
        var field = letter.substring(0, letter.indexOf("\r\nReceived") + 2);
        assertThat(verdicts(field.repeat(50) + letter, Map.of())).hasSize(DkimSignatures.MOST);
    }
}
