package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.tls.KeyMaterial;
import facteur.platform.tls.TlsKeys;
import facteur.platform.tls.TlsSection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CertificateExpiryWatchTest {
    private static final Instant END = Instant.parse("2126-01-01T00:00:00Z");

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @Test
    void warnsFromTwentyOneDaysAhead() {
        var keys = new TlsKeys(material("relay.pem"));
        assertThat(keys.expiresAt()).contains(END);
        var watch = new CertificateExpiryWatch(keys, time, journal);
        watch.run();
        time.advance(Duration.between(TestTime.START, END.minus(Duration.ofDays(21)).minusSeconds(1)));
        watch.run();
        assertThat(journal.events()).isEmpty();

        time.advance(Duration.ofSeconds(1));
        watch.run();
        assertThat(journal.events())
                .containsExactly(new MailEvent.CertificateExpires(TestTls.file("relay.pem").toString(), END));
        time.advance(Duration.ofDays(30));
        watch.run();
        assertThat(journal.events()).hasSize(2);
    }

    @Test
    void looksAtTheCertificateOfTheMoment() {
        var keys = new TlsKeys(material("expired.pem"));
        var watch = new CertificateExpiryWatch(keys, time, journal);
        watch.run();
        keys.replace(material("relay.pem"));
        watch.run();
        keys.replace(Optional.empty());
        watch.run();
        assertThat(journal.events()).hasSize(1);
    }

    private static Optional<KeyMaterial> material(String certificate) {
        var root = ConfigFile.parse(TestTls.section(certificate, "relay-pkcs8.key"), Path.of("facteur.yaml"), new Problems());
        return TlsSection.read(root.section("tls"), new TestTime());
    }
}
