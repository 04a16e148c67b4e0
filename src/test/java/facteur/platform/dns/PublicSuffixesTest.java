package facteur.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublicSuffixesTest {
    @ParameterizedTest
    @CsvSource({
        "dupont.be,                      dupont.be",
        "mail.dupont.be,                 dupont.be",
        "a.b.dupont.co.uk,               dupont.co.uk",
        "be,                             be",
        "co.uk,                          co.uk",
        "dupont.example,                 dupont.example",
        "mail.dupont.example,            dupont.example",
        "a.b.c.ck,                       b.c.ck",
        "www.ck,                         www.ck",
        "a.www.ck,                       www.ck",
        "dupont.github.io,               dupont.github.io",
        "a.xn--55qx5d.cn,                a.xn--55qx5d.cn",
        "x.a.xn--55qx5d.cn,              a.xn--55qx5d.cn",
        "localhost,                      localhost"
    })
    void findsWhatAnOrganisationHasBought(String domain, String organisational) {
        assertThat(PublicSuffixes.packed().organisationalDomain(domain)).isEqualTo(organisational);
    }
}
