package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DomainRegistryTest {
    private final DomainRegistry domains = new DomainRegistry(Set.of("Dupont.example", "müller.example"));

    @ParameterizedTest
    @CsvSource({
        "office@dupont.example,               true",
        "office@DUPONT.EXAMPLE,               true",
        "office@mail.dupont.example,          false",
        "office@example,                      false",
        "office@notdupont.example,            false",
        "office@müller.example,               true",
        "office@xn--mller-kva.example,        true",
        "office@xn--mller-kva.example.org,    false"
    })
    void trustsADomainAndNothingBelowIt(String address, boolean trusted) {
        assertThat(domains.stateOf(new OfficeId("dupont"), Address.of(address)).filter(DomainState::isUsable).isPresent())
                .isEqualTo(trusted);
    }
}
