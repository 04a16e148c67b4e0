package facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryLetters;
import facteur.fixture.Corpus;
import facteur.fixture.DkimVerifier.Published;
import facteur.fixture.PlainArc;
import facteur.fixture.PlainVerifier;
import facteur.fixture.RsaKeys;
import facteur.fixture.TestTime;
import facteur.mail.dkim.DkimAlgorithm;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.TestKeys;
import facteur.mail.message.FileBody;
import facteur.mail.message.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArcSealerTest {
    private static final KeyPair KEY = RsaKeys.next(1024);
    private static final String LETTER =
            "From: Bob <bob@bakker.example>\r\nTo: an@dupont.example\r\nSubject: Re: Your invoice\r\nMessage-ID: <1@bakker.example>\r\n\r\nYes.\r\n";

    private static final String CHAIN = chain();

    private final PlainArc plain = new PlainArc("plain.example", KEY, FacteurArc.published());
    private final FacteurArc facteur = new FacteurArc(List.of(plain.published()));

    private static String chain() {
        var plain = new PlainArc("plain.example", KEY, FacteurArc.published());
        return new FacteurArc(List.of(plain.published())).seal(plain.seal(LETTER));
    }

    private static Corpus.Parts parts(String letter) {
        return Corpus.Parts.of(letter);
    }

    /// As a DKIM-Signature of the sender's.
    private static String signed(String letter) {
        try {
            return FacteurArc.text(new Signer(_ -> TestKeys.BOTH, new TestTime()).sign(FacteurArc.message(letter), "bakker.example").message());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void writesTheSetAsTheRfcHasIt() {
        assertThat(facteur.seal(LETTER)).matches("(?s)" + """
                ARC-Seal: i=1; a=rsa-sha256; cv=none; d=reply.example.org;
                \ts=test-rsa; t=1795420800;
                \tb=([A-Za-z0-9+/]{72}\r
                \t){4}[A-Za-z0-9+/]{54}==
                ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=reply.example.org;
                \ts=test-rsa; t=1795420800;
                \th=from:from:reply-to:subject:subject:to:to:cc:date:message-id;
                \tbh=[A-Za-z0-9+/]{43}=;
                \tb=([A-Za-z0-9+/]{72}\r
                \t){4}[A-Za-z0-9+/]{54}==
                ARC-Authentication-Results: i=1; relay.example.org;
                \tdkim=none;
                \tarc=none smtp.remote-ip=192.0.2.10
                From: Bob""".replaceAll("\r?\n", "\r\n") + " .*");
        assertThat(facteur.seal(LETTER)).endsWith("\r\n" + LETTER);
    }

    @Test
    void saysWhatTheSendersSignatureSaid() {
        Published.of("bakker.example", TestKeys.BOTH).forEach(facteur::learn);
        var letter = signed(LETTER);
        var sealed = facteur.seal(letter);
        var results = parts(sealed).named("ARC-Authentication-Results").getFirst();
        assertThat(results).containsPattern(
                "\r\n\tdkim=pass header.d=bakker.example header.s=test-rsa\r\n\t header.a=rsa-sha256 header.b=\"?[A-Za-z0-9+/]{8}\"?;"
                        + "\r\n\tdkim=pass header.d=bakker.example header.s=test-ed25519\r\n\t header.a=ed25519-sha256 header.b=");
        assertThat(parts(sealed).named("ARC-Message-Signature").getFirst().replaceAll("\\s", "")).contains(":dkim-signature:dkim-signature;");
        assertThat(new PlainVerifier(Published.of("bakker.example", TestKeys.BOTH)).verify(sealed)).containsExactly("pass", "pass");
        assertThat(parts(facteur.seal(letter.replace("Yes.", "No."))).named("ARC-Authentication-Results").getFirst())
                .contains("dkim=fail reason=\"the body was changed\" header.d=bakker.example");
    }

    /// Never a reason not to relay it.
    @Test
    void anAnswerThatDnsDoesntGiveIsATemporaryError() {
        Published.of("bakker.example", TestKeys.BOTH).forEach(record -> facteur.learn(new Published(record.name(), "?")));
        assertThat(facteur.seal(signed(LETTER))).contains("dkim=temperror reason=\"DNS doesn't answer for the key\" header.d=bakker.example")
                .contains("cv=none");
    }

    @Test
    void aSenderWritesNothingIntoOurResults() {
        var evil = "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example (x\r\n\t);arc=pass; s=a\"b; h=from; bh=x; b=\"; dkim=pass\r\n"
                + "DKIM-Signature: v=1; a=rsa-sha256; d=b\u00c3\u00a4r.example; s=x; h=from; bh=x; b=(((((((((((\r\n";
        var results = parts(facteur.seal(evil + LETTER)).named("ARC-Authentication-Results").getFirst();
        assertThat(results.replaceAll("\\s+", " ").strip()).isEqualTo("ARC-Authentication-Results: i=1; relay.example.org;"
                + " dkim=neutral reason=\"the signature can't be read\"; dkim=fail reason=\"the body was changed\" header.d=xn--br-via.example"
                + " header.s=x header.a=rsa-sha256; arc=none smtp.remote-ip=192.0.2.10");
    }

    @Test
    void writesAnAddressOfIpv6() {
        assertThat(ResultsText.of(1, "relay.example.org", facteur.findings(LETTER), InetAddress.ofLiteral("2001:db8::1")))
                .endsWith("smtp.remote-ip=\"2001:db8:0:0:0:0:0:1\"");
    }

    @Test
    void aChainGrowsToFiftySetsAndNoFurther() {
        var letter = LETTER;
        for (var instance = 1; instance <= ArcFields.MOST_SETS; instance++) {
            letter = instance == 1 ? plain.seal(letter) : facteur.seal(letter);
        }
        assertThat(plain.verify(letter)).isEqualTo("pass");
        assertThat(facteur.verify(letter)).isEqualTo("pass");
        assertThat(facteur.sealing(letter)).isEqualTo(new Sealing.Left("too many sets"));
        var more = plain.seal(letter);
        assertThat(facteur.verify(more)).isEqualTo("fail too many sets");
        assertThat(facteur.sealing(more)).isEqualTo(new Sealing.Left("too many sets"));
    }

    /// The set that says so stands alone (RFC 8617 §5.1.2), and is the last.
    @Test
    void aBrokenChainIsSaidToBeBrokenOnce() {
        var broken = facteur.seal(plain.seal(LETTER)).replace("Yes.", "No.");
        var sealed = facteur.seal(broken);
        assertThat(sealed).startsWith("ARC-Seal: i=3; a=rsa-sha256; cv=fail;")
                .contains("arc=fail reason=\"message signature 2: the body was changed\"");
        var alone = sealed.substring(0, sealed.indexOf("\r\nARC-Seal: i=2;") + 2) + LETTER.replace("Yes.", "No.");
        assertThat(plain.verify(alone.replace("cv=fail", "cv=none"))).isEqualTo("fail");
        assertThat(facteur.verify(sealed)).isEqualTo("fail a host before said so");
        assertThat(facteur.sealing(sealed)).isEqualTo(new Sealing.Left("a host before said so"));
    }

    /// The next host may know better: our word would end the chain for good.
    @Test
    void aChainIsLeftAloneWhileDnsDoesntAnswer() {
        var letter = plain.seal(LETTER);
        facteur.learn(new Published(plain.published().name(), "?"));
        assertThat(facteur.sealing(letter)).isEqualTo(new Sealing.Left("seal 1: DNS doesn't answer for the key"));
        // What is broken anyway is broken.
        assertThat(facteur.seal(letter.replace("Yes.", "No."))).contains("cv=fail");
    }

    @Test
    void withoutAnRsaKeyNothingIsSealed() {
        var edwards = TestKeys.BOTH.stream().filter(key -> key.algorithm() == DkimAlgorithm.ED25519).toList();
        assertThat(new FacteurArc(edwards, List.of()).sealing(LETTER)).isEqualTo(new Sealing.NoKey());
    }

    /// What is judged is the letter that came in, though it leaves with other fields.
    @Test
    void judgesWhatCameInAndSealsWhatLeaves() {
        var letter = plain.seal(LETTER);
        var leaving = letter.replace("Subject: Re: Your invoice", "Subject: Changed");
        assertThat(facteur.sealing(letter, leaving)).isInstanceOfSatisfying(Sealing.Sealed.class, sealed -> {
            assertThat(sealed.status()).isEqualTo(ChainStatus.PASS);
            assertThat(plain.verify(FacteurArc.text(sealed.message()))).isEqualTo("pass");
        });
        assertThat(facteur.verify(leaving)).isEqualTo("fail message signature 1: the signature isn't of this letter");
    }

    @Test
    void aLargeBodyStaysOnDisk(@TempDir Path folder) throws IOException {
        var file = folder.resolve("body");
        var line = "0123456789abcdef".repeat(4) + "  \r\n";
        Files.writeString(file, line.repeat(10_000), StandardCharsets.US_ASCII);
        var body = new FileBody(file, Files.size(file));
        var message = FacteurArc.message(LETTER);
        var large = new Message(message.header(), body);
        var sealer = new ArcSealer(_ -> TestKeys.BOTH, _ -> Map.of(), new TestTime());
        var sealed = sealer.seal(large, sealer.verify(large), new ArcSealer.Identity("relay.example.org", FacteurArc.DOMAIN), FacteurArc.PEER);
        assertThat(sealed).isInstanceOfSatisfying(Sealing.Sealed.class, one -> {
            assertThat(one.message().body()).isSameAs(body);
            assertThat(plain.verify(FacteurArc.text(one.message()))).isEqualTo("pass");
        });
    }

    @Property(tries = 60)
    void everyLetterIsSealedSoThatItVerifies(@ForAll("letters") String letter, @ForAll boolean isSealedBefore) {
        var came = isSealedBefore ? plain.seal(letter) : letter;
        var sealed = facteur.seal(came);
        assertThat(sealed).endsWith("\r\n" + came);
        assertThat(plain.verify(sealed)).isEqualTo("pass");
        assertThat(facteur.verify(sealed)).isEqualTo("pass");
    }

    /// With line ends as the collector leaves them, one From, and without ARC fields by chance.
    @Provide
    Arbitrary<String> letters() {
        return ArbitraryLetters.letters()
                .map(letter -> letter.replaceAll("\r(?!\n)", "").replaceAll("(?<!\r)\n", "\r\n"))
                .map(Corpus.Parts::of)
                .map(parts -> "From: a@b.example\r\n"
                        + parts.fields().stream().filter(field -> !field.matches("(?si)from[ \t]*:.*")).collect(Collectors.joining()) + "\r\n"
                        + parts.body());
    }

    /// Any octet of what a seal or a message signature covers, but blanks, and what is equal without regard to case.
    @Property(tries = 300)
    void anyChangedOctetBreaksTheChain(@ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(min = 33, max = 126) int octet) {
        var chain = CHAIN;
        var at = place % chain.length();
        var before = chain.charAt(at);
        var changed = chain.substring(0, at) + (char) octet + chain.substring(at + 1);
        if (before <= ' ' || before == octet || isName(chain, at)) {
            return;
        }
        assertThat(facteur.verify(changed)).as("%d: %s for %s in%n%s", at, (char) octet, before, chain).doesNotStartWith("pass");
    }

    /// A name says which field it is: another one is another letter; in another case it is the same. Message-ID isn't all that is signed.
    private static boolean isName(String chain, int at) {
        var line = chain.substring(chain.lastIndexOf('\n', at) + 1);
        return !line.startsWith("\t") && line.indexOf(':') >= at - chain.lastIndexOf('\n', at) - 1;
    }

    @Test
    void eachPartOfASetIsNeeded() {
        var chain = facteur.seal(plain.seal(LETTER));
        var fields = new ArrayList<>(parts(chain).fields());
        for (var i = 0; i < 6; i++) {
            var without = new ArrayList<>(fields);
            without.remove(i);
            var twice = new ArrayList<>(fields);
            twice.add(i, fields.get(i));
            assertThat(facteur.verify(letter(without))).startsWith("fail");
            assertThat(facteur.verify(letter(twice))).startsWith("fail");
        }
        assertThat(facteur.verify(letter(fields.subList(3, fields.size())))).isEqualTo("pass");
        assertThat(facteur.verify(letter(fields.subList(6, fields.size())))).isEqualTo("none");
    }

    private static String letter(List<String> fields) {
        var text = new StringBuilder();
        fields.forEach(field -> text.append(field.stripTrailing()).append("\r\n"));
        return text + "\r\nYes.\r\n";
    }
}
