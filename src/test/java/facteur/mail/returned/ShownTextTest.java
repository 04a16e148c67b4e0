package facteur.mail.returned;

import static facteur.mail.returned.Returns.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.returned.ReturnedMail.Unreadable;
import java.nio.charset.Charset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a bounce says to people.
final class ShownTextTest {
    private static String text(String letter) {
        return shown(read(letter));
    }

    private static String shown(ReturnedMail mail) {
        return mail instanceof Unreadable(var _, var text, var _) ? text : "not unreadable: " + mail;
    }

    private static String octets(String fields, byte[] body) {
        var header = ("From: MAILER-DAEMON\n" + fields + "\n\n").replace("\n", "\r\n");
        return shown(Returns.readOctets("<>", (header + new String(body, ISO_8859_1)).getBytes(ISO_8859_1)));
    }

    @Test
    void itsLinesStay() {
        assertThat(text("From: MAILER-DAEMON\n\n\nSorry.\n\n  It failed.\n")).isEqualTo("Sorry.\n\n  It failed.");
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, iso-8859-1, Boîte pleine",
        "utf-8, utf-8, 'Onbekende gebruiker, coördinator'",
        "windows-1252, iso-8859-1, Ungültige Adresse – nicht gefunden",
        "iso-2022-jp, iso-2022-jp, 宛先が見つかりません",
        "iso-2022-jp, us-ascii, 宛先が見つかりません",
        "shift_jis, shift_jis, 宛先が見つかりません",
        "euc-jp, EUC-JP, 宛先が見つかりません",
        "utf-8, klingon, Boîte pleine",
        "iso-8859-1, utf-8, Boîte pleine",
        "utf-8, '', Boîte pleine",
        "iso-8859-1, '', Boîte pleine"
    })
    void itsCharactersAreReadByTheLabelOrInSpiteOfIt(String written, String labelled, String text) {
        assertThat(octets(labelled.isEmpty() ? "X: y" : "Content-Type: text/plain; charset=" + labelled, text.getBytes(Charset.forName(written))))
                .isEqualTo(text);
    }

    @Test
    void itIsDecoded() {
        var base64 = Base64.getMimeEncoder().encode("Boîte\r\npleine".getBytes(UTF_8));
        assertThat(octets("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", base64)).isEqualTo("Boîte\npleine");
        assertThat(text(
                "From: MAILER-DAEMON\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nBo=C3=AEte =\npleine = 1  \n"))
                .isEqualTo("Boîte pleine = 1");
    }

    @Test
    void whatCannotBeSeenIsNotInIt() {
        assertThat(text("From: MAILER-DAEMON\n\na\u0000b\u001B[31mc\u202Ed\u200Be\tf\n")).isEqualTo("a b [31mcde f");
    }

    @Test
    void itIsCut() {
        assertThat(text("From: MAILER-DAEMON\n\n" + "x".repeat(100_000))).hasSize(ShownText.CHARACTERS);
        assertThat(text("From: MAILER-DAEMON\nContent-Type: text/plain; charset=utf-8\n\nx" + "🐈".repeat(20_000))).hasSize(ShownText.CHARACTERS - 1)
                .endsWith("🐈");
    }

    @Test
    void textComesBeforeHtmlAndTheFirstBeforeOthers() {
        var html = "--b\nContent-Type: text/html\n\n<p>In HTML</p>\n";
        var plain = "--b\nContent-Type: text/plain\n\nIn plain\n";
        var blank = "--b\nContent-Type: text/plain\n\n \n";
        var type = "From: MAILER-DAEMON\nContent-Type: multipart/alternative; boundary=b\n\nFor old programs.\n";
        assertThat(text(type + html + plain + plain.replace("In", "Again in") + "--b--\n")).isEqualTo("In plain");
        assertThat(text(type + blank + plain + "--b--\n")).isEqualTo("In plain");
        assertThat(text(type + html + "--b--\n")).isEqualTo("In HTML");
        assertThat(text(type)).isEqualTo("For old programs.");
    }

    @Test
    void htmlIsReadAsAPersonWould() {
        assertThat(HtmlText.of("""
                <html><head><title>x</title><style>p { color: red }</style></head><body><!-- a <b> -->
                <p>Le message n&rsquo;a pas &eacute;t&#xE9; remis &agrave;<br/>client&#64;example.com&nbsp;:</p>
                <div>1 &lt; 2 &amp; 3 &gt; 2 &unknown; &#9999999;</div><script>alert("</p>")</script>
                <table><tr><td>550</td></tr></table><b>end
                """)
                .strip())
                .isEqualTo("Le message n’a pas été remis à\nclient@example.com\u00A0:\n\n1 < 2 & 3 > 2 &unknown; &#9999999;\n\n550\n\nend");
    }
}
