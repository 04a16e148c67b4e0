package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.KnownPrimes;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedDns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facteur domain`, with a name server of the test's.
@ExtendWith(KnownPrimes.class)
final class DomainVerbsTest {
    private static final Pattern RECORD = Pattern.compile("(\\S+)\\. 3600 IN TXT (.*)");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private ScriptedDns dns;
    private RelayFolder relay;

    @BeforeEach
    void open() throws Exception {
        dns = ScriptedDns.start();
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(Map.of("domains", "{ trusted: [verified.example], resolvers: [\"" + dns.resolver() + "\"], timeout: 2s }"), "");
        MigratedDatabase.open(Files.createDirectories(relay.state())).close();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private Ended domain(String words) {
        return Command.run(relay.config(), ("domain " + words).split(" "));
    }

    private void publish() {
        domain("records dupont.example --zone").out().lines().map(RECORD::matcher).forEach(line -> {
            assertThat(line.matches()).isTrue();
            var text = new StringBuilder();
            STRING.matcher(line.group(2)).results().forEach(string -> text.append(string.group(1)));
            dns.txt(line.group(1), text.toString());
        });
    }

    @Test
    void addsADomainOnce() {
        var added = domain("add dupont.example --office dupont");
        assertThat(added.out()).contains("Publish these records in the DNS of dupont.example", "facteur-verification=", "v=DKIM1; k=rsa; p=");
        assertThat(domain("add Dupont.example --office dupont")).isEqualTo(added);
        assertThat(domain("records dupont.example --json").out()).containsSubsequence("\"records\": [", "\"type\": \"TXT\"");
        assertThat(Command.run(relay.config(), "log", "--acts").out().lines()).singleElement().asString()
                .contains("  domain add dupont.example --office dupont ");
    }

    @Test
    void checksTheRecordsInDns() {
        var _ = domain("add dupont.example --office dupont");
        var missing = domain("check dupont.example");
        assertThat(missing.exitCode()).isEqualTo(65);
        assertThat(missing.out()).startsWith("dupont.example for office dupont: pending, next check ").contains("  not proved: ");
        publish();
        var proved = domain("check dupont.example --explain");
        assertThat(proved.exitCode()).isZero();
        assertThat(proved.out()).contains("pending -> verified", "  proved\n");
        assertThat(domain("list").out()).containsPattern("dupont.example +dupont +verified").containsPattern("verified.example +any +trusted");
        assertThat(domain("list --json").out()).containsSubsequence("\"domain\": \"dupont.example\"", "\"usable\": true", "\"verify\": \"dns\"");
    }

    @Test
    void rotatesKeys() {
        var _ = domain("add dupont.example --office dupont");
        publish();
        var _ = domain("check dupont.example");
        assertThat(domain("rotate dupont.example").out().lines().filter(line -> line.contains("(key, not seen in DNS yet)"))).hasSize(2);
    }

    @Test
    void removesADomainFromAnOffice() {
        var _ = domain("add dupont.example --office dupont");
        assertThat(domain("remove dupont.example --office dupont"))
                .isEqualTo(new Ended(0, "dupont.example  removed from office dupont\n", ""));
        assertThat(domain("check dupont.example")).isEqualTo(new Ended(65, "", "facteur: no office has claimed dupont.example\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add gmail.com --office dupont      | 65 | facteur: gmail.com is a public mail provider",
                "add dupont.example --office durand | 65 | facteur: no such office: durand",
                "add dupont.example                 | 64 | --office is required",
                "add dupont.example --office x!     | 64 | not a valid office id: x!",
                "records other.example              | 65 | facteur: no office has claimed other.example",
                "rotate other.example --office dupont | 65 | facteur: office dupont has not claimed other.example"
            })
    void saysWhatItCantDo(String words, int exitCode, String message) {
        var ended = domain(words);
        assertThat(ended.err()).startsWith(message + "\n");
        assertThat(ended.exitCode()).isEqualTo(exitCode);
    }
}
