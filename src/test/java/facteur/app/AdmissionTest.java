package facteur.app;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTls;
import facteur.login.Account;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final String HASH = "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODw"
            + "$n+a9yXhsFR9d8vXJco5l7Pt4/d7ExL6x/3rnc9O3jWVJkbNY1HtLUVRPxfie7fmSTVMTLqETn85fvkSsSyx96Q";

    private final Problems problems = new Problems();

    @Test
    void theFirstAppThatFitsWins() throws UnknownHostException {
        var admission = read("""
                apps:
                  - { name: billing, networks: [192.0.2.7], offices: [dupont, durand] }
                  - { name: suite, networks: [192.0.2.0/24, "2001:db8::/32"], offices: ['*'] }
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(admission.app(InetAddress.getByName("192.0.2.7")))
                .contains(new App("billing", List.of(new OfficeId("dupont"), new OfficeId("durand")), App.Scope.LISTED));
        assertThat(admission.app(InetAddress.getByName("192.0.2.8"))).map(App::name).contains("suite");
        assertThat(admission.app(InetAddress.getByName("2001:db8::1"))).map(App::scope).contains(App.Scope.ANY);
        assertThat(admission.app(InetAddress.getByName("198.51.100.1"))).isEmpty();
    }

    @Test
    void withoutAppsNobodyIsAdmitted() throws UnknownHostException {
        assertThat(read("{}").app(InetAddress.getLoopbackAddress())).isEqualTo(Optional.empty());
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).singleElement().asString().contains("no app may submit mail");
    }

    @Test
    void saysWhatIsWrongWithAnApp() {
        read("""
                apps:
                  - { networks: [127.0.0.1], offices: [dupont] }
                  - { name: a, networks: [home], offices: [Dupont!] }
                  - { name: a }
                """);
        assertThat(problems.list().stream().map(Object::toString))
                .anyMatch(problem -> problem.contains("apps[0].name"))
                .anyMatch(problem -> problem.contains("not a network: home"))
                .anyMatch(problem -> problem.contains("an office id is made of"))
                .anyMatch(problem -> problem.contains("another app has this name"))
                .anyMatch(problem -> problem.contains("apps[2].networks"))
                .anyMatch(problem -> problem.contains("apps[2].offices"));
    }

    @Test
    void anAppMayShowACertificateInstead() throws Exception {
        var admission = read("""
                tls: { client-ca: ca.pem }
                apps:
                  - { name: billing, certificate: billing.example, offices: [dupont] }
                  - { name: relay, certificate: RELAY.example.org, offices: [dupont] }
                  - { name: late, certificate: [relay.example.org], networks: [192.0.2.7], offices: [dupont] }
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(admission.app(TestTls.certificate("relay.pem"))).map(App::name).contains("relay");
        assertThat(admission.app(TestTls.certificate("ca.pem"))).isEmpty();
        assertThat(admission.app(InetAddress.getByName("192.0.2.7"))).map(App::name).contains("late");
    }

    @Test
    void aCertificateNeedsAnAuthority() {
        read("apps: [{ name: a, certificate: a.example, offices: [dupont] }]");
        assertThat(problems.list()).singleElement().asString().contains("apps[0].certificate: needs tls.client-ca");
    }

    @Test
    void knowsAnAppByItsLoginToo() throws UnknownHostException {
        var admission = read("""
                apps:
                  - { name: local, networks: [127.0.0.1], offices: [dupont] }
                  - { name: suite, login: suite, password: HASH, offices: [dupont] }
                  - { name: both, networks: [192.0.2.0/24], login: "caf\u00e9", password: HASH, offices: [dupont] }
                """.replace("HASH", HASH));
        assertThat(problems.list()).isEmpty();
        assertThat(admission.app("suite")).map(App::name).contains("suite");
        assertThat(admission.app("caf\u00e9")).map(App::name).contains("both");
        assertThat(admission.app("Suite")).isEmpty();
        assertThat(admission.app("local")).isEmpty();
        assertThat(admission.app(InetAddress.getByName("192.0.2.1"))).map(App::name).contains("both");
        assertThat(admission.accounts()).extracting(Account::login).containsExactly("suite", "caf\u00e9");
        assertThat(admission.accounts().toString()).doesNotContain("pbkdf2");
    }

    @Test
    void saysWhatIsWrongWithALogin() {
        read("""
                apps:
                  - { name: a, offices: [dupont], login: suite, password: HASH }
                  - { name: b, offices: [dupont], login: suite, password: HASH }
                  - { name: c, offices: [dupont], login: c, password: sesame }
                  - { name: d, offices: [dupont], login: d }
                  - { name: e, offices: [dupont], networks: 127.0.0.1, password: HASH }
                  - { name: f, offices: [dupont], login: "a\\tb", password: HASH }
                  - { name: g, offices: [dupont] }
                """.replace("HASH", HASH));
        assertThat(problems.list().stream().map(Object::toString))
                .hasSize(6)
                .noneMatch(problem -> problem.contains("sesame"))
                .anyMatch(problem -> problem.contains("apps[1].login: another app has this login"))
                .anyMatch(problem -> problem.contains("apps[2].password: not a hash of a password; `facteur password` makes one"))
                .anyMatch(problem -> problem.contains("apps[3].password: a login needs one"))
                .anyMatch(problem -> problem.contains("apps[4].login: a password needs one"))
                .anyMatch(problem -> problem.contains("apps[5].login: must be 1 to 255 characters"))
                .anyMatch(problem -> problem.contains("apps[6].networks: at least one network is needed, or a certificate or a login"));
    }

    private Admission read(String yaml) {
        return Admission.from(ConfigFile.parse(yaml, Path.of("facteur.yaml"), problems));
    }
}
