package facteur.platform.idna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainNameTest {
    /// By UTS 46, non-transitional; Postfix, curl, nodemailer and Python's idna (uts46=True) say the same.
    @ParameterizedTest
    @CsvSource({
        "faß.de,            xn--fa-hia.de",
        "FAß.DE,            xn--fa-hia.de",
        "fass.de,           fass.de",
        "βόλος.com,         xn--nxasmm1c.com",
        "ΒΌΛΟΣ.com,         xn--nxasmq6b.com",
        "BÜCHER.example,    xn--bcher-kva.example",
        "ＤＵＰＯＮＴ.example, dupont.example",
        "例え。テスト,       xn--r8jz45g.xn--zckzah",
        "نامه‌ای.com,      xn--mgba3gch31f060k.com",
        "☃.net,             xn--n3h.net",
        "i❤️.ws,             xn--i-7iq.ws",
        "_dmarc.bücher.example, _dmarc.xn--bcher-kva.example",
        "r3---x.bücher.example, r3---x.xn--bcher-kva.example",
        "R3---X.example,    r3---x.example",
        "xn--a.example,     xn--a.example"
    })
    void turnsANameIntoALabels(String name, String ascii) {
        assertThat(DomainName.ascii(name)).contains(ascii);
        assertThat(DomainName.ascii(ascii)).describedAs("A-labels stay").contains(ascii);
    }

    /// ZERO WIDTH NON-JOINER between Latin letters (RFC 5892 appendix A.1), mixed directions (RFC 5893 §2), what can't be seen,
    /// the letter that is two names, labels of more than 63 octets, and A-labels that are none, beside a U-label.
    @ParameterizedTest
    @ValueSource(strings = {
        "a‌b.example",
        "אa.example",
        "1א.example",
        "bü­cher.example",
        "b\u202Eücher.example",
        "straẞe.example",
        "bü cher.example",
        "bücher..example",
        "\u0300bücher.example",
        "\uD800.example",
        "\u0378.example",
        "bücher.xn--a"
    })
    void refusesWhatIsNoName(String name) {
        assertThat(DomainName.ascii(name)).isEmpty();
    }

    @Test
    void refusesALabelThatIsTooLong() {
        assertThat(DomainName.ascii("é".repeat(60) + ".example")).isEmpty();
        assertThat(DomainName.ascii("é.".repeat(200) + "example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "xn--fa-hia.example,   faß.example",
        "xn--nxasmm1c.com,     βόλος.com",
        "dupont.example,       dupont.example",
        "xn--a.example,        xn--a.example",
        "'[192.0.2.10]',       '[192.0.2.10]'"
    })
    void tellsWhatPeopleCallIt(String ascii, String unicode) {
        assertThat(DomainName.unicode(ascii)).isEqualTo(unicode);
        assertThat(DomainName.shown(ascii)).isEqualTo(ascii.equals(unicode) ? ascii : ascii + " (" + unicode + ")");
    }

    @ParameterizedTest
    @CsvSource({"faß.de, fass.de", "βόλος.com, xn--nxasmq6b.com", "bücher.example, ", "fass.de, "})
    void tellsWhatItWasByOldRules(String name, String old) {
        assertThat(DomainName.byOldRules(name).orElse(null)).isEqualTo(old);
    }

    /// Its tables cost a tenth of a second and some megabytes: a relay whose addresses are ASCII, as nearly all are, pays nothing.
    @Test
    void needsNoIcuForAscii() throws Exception {
        try (var loader = new WithoutIcu()) {
            var ascii = loader.loadClass(DomainName.class.getName()).getMethod("ascii", String.class);
            var shown = loader.loadClass(DomainName.class.getName()).getMethod("shown", String.class);
            var parse = loader.loadClass("facteur.mail.smtp.Address").getMethod("parse", String.class);

            assertThat(ascii.invoke(null, "XN--Fa-hia.example")).hasToString("Optional[xn--fa-hia.example]");
            assertThat(shown.invoke(null, "dupont.example")).isEqualTo("dupont.example");
            assertThat(parse.invoke(null, "jan@xn--fa-hia.example.")).hasToString("Optional[jan@xn--fa-hia.example]");
            assertThatThrownBy(() -> parse.invoke(null, "jan@faß.example"))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseInstanceOf(ClassNotFoundException.class);
        }
    }

    /// Has our classes, and Java's.
    private static final class WithoutIcu extends URLClassLoader {
        WithoutIcu() throws Exception {
            super(ours(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] ours() throws Exception {
            var urls = new ArrayList<URL>();
            for (var entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                if (!entry.contains("icu4j")) {
                    urls.add(Path.of(entry).toUri().toURL());
                }
            }
            assertThat(Arrays.asList(System.getProperty("java.class.path").split(java.io.File.pathSeparator)))
                    .hasSizeGreaterThan(urls.size());
            return urls.toArray(URL[]::new);
        }
    }
}
