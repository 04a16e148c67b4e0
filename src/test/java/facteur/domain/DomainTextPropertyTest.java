package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What people type, and what strangers publish.
final class DomainTextPropertyTest {
    @Property
    void anyTextIsReadAsADomainOrAsNone(@ForAll("texts") String text) {
        switch (DomainText.read(text)) {
            case DomainText.Domain(var domain) -> assertThat(DomainText.read(domain)).isEqualTo(new DomainText.Domain(domain));
            case DomainText.Meant(var domain) -> {
                assertThat(DomainText.read(domain)).isEqualTo(new DomainText.Domain(domain));
                assertThat(Address.parse("any@" + domain)).isPresent();
            }
            case DomainText.Bad(var why) -> assertThat(why).isNotEmpty();
        }
    }

    @Property
    void anyTextInTheDnsHasAFaultOrNone(@ForAll("texts") String found) {
        var expected = "facteur-verification=0123456789abcdef";
        assertThat(FaultFinder.kind(found, expected)).isNotNull();
        assertThat(FaultFinder.kind('"' + expected + '"', expected)).contains(RecordFault.Kind.QUOTES_DOUBLED);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().withChars("ab.@:/?#[]%\\\"=-_ \u00e9\u3002\u202e").ofMaxLength(30),
                Arbitraries.strings().withChars("abw.-").ofMaxLength(20).map(text -> "https://www." + text + "/"));
    }
}
