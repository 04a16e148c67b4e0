package facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Corpus;
import facteur.fixture.PlainArc;
import facteur.fixture.RsaKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Chains as hosts write them, and as none should.
final class ChainFormsTest {
    private static final String LETTER =
            "From: Bob <bob@bakker.example>\r\nTo: an@dupont.example\r\nSubject: Re: Your invoice\r\n\r\nYes.\r\n";

    private final PlainArc plain = new PlainArc("plain.example", RsaKeys.next(1024), FacteurArc.published());
    private final FacteurArc facteur = new FacteurArc(List.of(plain.published()));

    private String sealed(String letter, String status, UnaryOperator<PlainArc.Parts> odd) {
        return plain.seal(letter, odd.apply(plain.parts(letter, status)));
    }

    private void assertPasses(UnaryOperator<PlainArc.Parts> odd) {
        var letter = sealed(LETTER, "none", odd);
        assertThat(facteur.verify(letter)).as(letter).isEqualTo("pass");
        assertThat(facteur.verify(facteur.seal(letter))).isEqualTo("pass");
    }

    private void assertFails(String reason, UnaryOperator<PlainArc.Parts> odd) {
        assertThat(facteur.verify(sealed(LETTER, "none", odd))).isEqualTo("fail " + reason);
    }

    private static UnaryOperator<PlainArc.Parts> message(UnaryOperator<String> odd) {
        return parts -> new PlainArc.Parts(parts.results(), odd.apply(parts.message()), parts.seal());
    }

    private static UnaryOperator<PlainArc.Parts> seal(UnaryOperator<String> odd) {
        return parts -> new PlainArc.Parts(parts.results(), parts.message(), odd.apply(parts.seal()));
    }

    @Test
    void takesWhatHostsWrite() {
        assertPasses(message(tags -> tags.replace("h=from:to", "h=From :\r\n\tTO ")));
        assertPasses(message(tags -> tags + "t=1; x_y=z; "));
        assertPasses(message(tags -> tags + "v=1; "));
        assertPasses(message(tags -> tags.replace("i=1; ", "").replace("bh=", "i = 1 ; bh=")));
        assertPasses(seal(tags -> tags + "x=1; t=; "));
        assertPasses(seal(tags -> tags.replace("cv=none", "cv = None")));
        assertPasses(parts -> new PlainArc.Parts("i = 1 ;\r\n\tmx.plain.example; spf=pass (\u00e9) smtp.mailfrom=x", parts.message(), parts.seal()));
    }

    @Test
    void refusesWhatIsNoChain() {
        var none = "its sets aren't whole";
        assertFails("message signature 1: From isn't signed", message(tags -> tags.replace("h=from:", "h=")));
        assertFails("message signature 1: part of the body isn't signed",
                message(tags -> tags.replaceAll("bh=[^;]*", "l=0; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")));
        assertFails(none, message(tags -> tags.replace("h=from:", "h=from:ARC-Seal:")));
        assertFails(none, message(tags -> tags.replace("h=from:", "h=from:arc-authentication-results:")));
        assertFails(none, message(tags -> tags.replace("rsa-sha256", "rsa-sha1")));
        assertFails(none, seal(tags -> tags + "h=from; "));
        assertFails(none, seal(tags -> tags.replace("cv=none", "cv=pass")));
        assertFails(none, seal(tags -> tags.replace("cv=none; ", "")));
        assertFails(none, seal(tags -> tags.replace("i=1", "i=0")));
        assertFails(none, seal(tags -> tags.replace("i=1", "i=2")));
        assertFails(none, seal(tags -> tags.replace("i=1", "i=one")));
        assertFails(none, parts -> new PlainArc.Parts("mx.plain.example; i=1", parts.message(), parts.seal()));
        assertFails("a host before said so", seal(tags -> tags.replace("cv=none", "cv=fail")));
        assertThat(facteur.verify(sealed(plain.seal(LETTER), "none", parts -> parts))).isEqualTo("fail " + none);
    }

    /// Though the chain covers the one at the bottom.
    @Test
    void severalFromFieldsAreNoLetter() {
        var twice = "From: Eve <eve@evil.example>\r\n" + LETTER;
        assertThat(facteur.verify(sealed(twice, "none", parts -> parts))).isEqualTo("fail message signature 1: several From fields");
        assertThat(facteur.sealing(twice)).isEqualTo(new Sealing.Unfit("several From fields"));
    }

    /// Its octets count.
    @Test
    void takesAHashWithoutPadding() {
        assertPasses(message(tags -> tags.replaceFirst("(bh=[^;=]*)=+;", "$1;")));
    }

    /// At the bottom, and in any order.
    @Test
    void takesFieldsInAnyPlace() {
        var chain = plain.seal(facteur.seal(LETTER));
        var parts = Corpus.Parts.of(chain);
        for (var turn = 0; turn < parts.fields().size(); turn++) {
            var fields = new ArrayList<>(parts.fields());
            Collections.rotate(fields, turn);
            assertThat(facteur.verify(letter(fields, parts.body()))).isEqualTo("pass");
            assertThat(facteur.verify(letter(fields.reversed(), parts.body()))).isEqualTo("pass");
        }
    }

    private static String letter(List<String> fields, String body) {
        var text = new StringBuilder();
        fields.forEach(field -> text.append(field.stripTrailing()).append("\r\n"));
        return text + "\r\n" + body;
    }
}
