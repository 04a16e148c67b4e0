package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainTextTest {
    @Test
    void aDomainIsReadInTheFormThatItIsAskedFor() {
        assertThat(DomainText.read("Dupont.Example")).isEqualTo(new DomainText.Domain("dupont.example"));
        assertThat(DomainText.read("société.example")).isEqualTo(new DomainText.Domain("xn--socit-esab.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://www.dupont.example/", "http://dupont.example", "https://dupont.example:8443/contact?x=1", "dupont.example/contact",
        "www.dupont.example/",
        "office@dupont.example", "jan.janssens@dupont.example "
    })
    void anAddressNamesTheDomainThatIsMeant(String address) {
        assertThat(DomainText.read(address)).isEqualTo(new DomainText.Meant("dupont.example"));
    }

    @Test
    void theAddressOfAPageInOtherLettersToo() {
        assertThat(DomainText.read("https://www.société.example/")).isEqualTo(new DomainText.Meant("xn--socit-esab.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "a b.example", "https://", "https:///", "@", "\u0000", "[192.0.2.1]", "http://localhost/"})
    void anythingElseIsNone(String text) {
        assertThat(DomainText.read(text)).isInstanceOf(DomainText.Bad.class);
    }
}
