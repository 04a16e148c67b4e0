package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTls;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a listener takes, and what follows from it.
final class ListenerSettingsTest {
    private static final String RETURNS = "returns: { domain: return.example.org }\n";

    private final Problems problems = new Problems();

    @Test
    void takesLettersOfAppsByItself() {
        assertThat(read("").getFirst().takes()).isEqualTo(Takes.APPS);
        assertThat(read("listeners: [{ address: \"127.0.0.1:0\" }]").getFirst()).returns(Takes.APPS, ListenerSettings::takes)
                .returns(Tarpit.NONE, settings -> settings.session().tarpit());
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void hasLimitsOfItsOwnForReturns() {
        var settings = read(RETURNS + "limits: { message-size: 35MB, recipients: 500, header-size: 64KB, connections: 77 }\n"
                + "listeners: [{ takes: returns, address: \"127.0.0.1:0\" }]").getFirst();
        assertThat(settings.recipients()).isEqualTo(10);
        assertThat(settings.message().messageBytes()).isEqualTo(10 << 20);
        assertThat(settings.message().lineBytes()).isEqualTo(10 << 20);
        assertThat(settings.message().headerBytes()).isEqualTo(64 << 10);
        assertThat(settings.connections()).isEqualTo(77);
        assertThat(settings.session().connectionsPerClient()).isEqualTo(50);
        assertThat(settings.session().tarpit()).isNotEqualTo(Tarpit.NONE);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void needsTheSectionForReturns() {
        read("hostname: x\nlisteners:\n  - address: 127.0.0.1:0\n    takes: returns\n");
        assertThat(problems.list()).extracting(Problem::toString)
                .containsExactly("facteur.yaml:4: listeners[0].takes: needs the section returns, with its domain");
    }

    @Test
    void offersTlsForReturnsWhereThereIsACertificate() {
        var returns = "listeners: [{ takes: returns, address: \"127.0.0.1:0\" }]\n" + RETURNS;
        assertThat(read(returns).getFirst().tls()).isEqualTo(TlsMode.NONE);
        assertThat(read(returns + TestTls.section("relay.pem", "relay-pkcs8.key")).getFirst().tls()).isEqualTo(TlsMode.STARTTLS);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void warnsWhereReturnsHaveToComeByTls() {
        read("listeners: [{ takes: returns, tls: starttls-required, address: \"127.0.0.1:0\" }]\n" + RETURNS
                + TestTls.section("relay.pem", "relay-pkcs8.key"));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).singleElement().asString().contains("listeners[0].tls", "can't bring their returns");
    }

    private List<ListenerSettings> read(String text) {
        var root = ConfigFile.parse(text, Path.of("facteur.yaml"), problems);
        return ListenerSettings.from(root, root.section("limits"), "relay.example.org");
    }
}
