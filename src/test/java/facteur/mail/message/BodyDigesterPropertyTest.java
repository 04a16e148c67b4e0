package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class BodyDigesterPropertyTest {
    /// What lines are made of, and where they may be cut.
    private static final List<String> PIECES = List.of(
            "-", "--", "--b1", "--b1--", "Content-ID: <1>", "\r\n", "\n", "\r", " ", "\t", "boundary=", "Boundary=\"b1\"", "Content-Type: ",
            "content-type:multipart/", "multipart/mixed", "text/plain; ", "c", "Content-Type: multipart/alternative;", "word ", "\0\u00ff");

    @Provide
    static Arbitrary<String> bodies() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
    }

    private static byte[] octets(String body) {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String digest(String body) {
        return BodyDigester.digest(new MemoryBody(octets(body)));
    }

    /// What it is to come to, line by line.
    private static String said(String body) {
        return Pattern.compile("(?im)(?<=\\A|\n)(--|[ \t]+boundary|content-id:|content-type:[ \t]*multipart/)[^\n]*\n?").matcher(body)
                .replaceAll("-");
    }

    @Property(tries = 2000)
    void itMakesNoDifferenceHowABodyIsCut(@ForAll("bodies") String body, @ForAll long seed) {
        var octets = octets(body);
        var random = new Random(seed);
        var digester = new BodyDigester();
        for (var at = 0; at < octets.length;) {
            var next = Math.min(octets.length, at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            digester.update(octets, at, next);
            at = next;
        }
        assertThat(digester.finish()).isEqualTo(digest(body));
    }

    @Property(tries = 2000)
    void everythingElseCounts(@ForAll("bodies") String body, @ForAll("bodies") String other) {
        assertThat(digest(body).equals(digest(other))).as("<%s> <%s>", said(body), said(other)).isEqualTo(said(body).equals(said(other)));
    }

    @Property
    void theSameLetterMadeAgainIsTheSame(@ForAll("bodies") String text) {
        var body = "--%1$s\r\nContent-Type: multipart/alternative; boundary=%2$s\r\n\r\n--%2$s\r\nContent-ID: <%1$s>\r\n\r\n"
                + text.replace("%", "") + "word\r\n--%2$s--\r\n--%1$s--\r\n";
        var first = digest(body.formatted("=_1", "\"=_2\""));
        assertThat(digest(body.formatted("=_3333", "\"=_4444\""))).isEqualTo(first);
        assertThat(digest(body.formatted("=_1", "\"=_2\"") + "more")).isNotEqualTo(first);
    }

    /// The boundary of a folded field, as Nodemailer and Python write it.
    @Example
    void findsABoundaryOnALineOfItsOwn() {
        var body = "Content-Type: multipart/mixed;\r\n\tboundary=\"%s\"\r\n\r\ntext\r\n";
        assertThat(digest(body.formatted("b1"))).isEqualTo(digest(body.formatted("b2")));
        assertThat(digest("text boundary=1\r\n")).isNotEqualTo(digest("text boundary=2\r\n"));
        assertThat(digest("Content-Type: text/plain\r\n")).isNotEqualTo(digest("Content-Type: text/html\r\n"));
        assertThat(digest("a\rb--\r\n")).isNotEqualTo(digest("a\rc--\r\n"));
    }
}
