package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `conf/facteur.yaml` shows every key at its default: what it comments out, when it is switched on, changes nothing.
final class ConfigTest {
    private static final Path SHIPPED = Path.of("conf", "facteur.yaml");

    @TempDir
    private Path folder;

    @Test
    void theShippedFileHasNoProblem() {
        var problems = new Problems();
        Config.read(SHIPPED, problems, name -> null).readOffices(problems);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void theShippedCommentsAreTheDefaults() throws IOException {
        var shipped = Files.readString(SHIPPED);
        // The smarthost is an example, not a default: its own keys are compared below.
        var uncommented = withoutExample(shipped).replaceAll("(?m)^#(?! \\S)", "");
        assertThat(uncommented).isNotEqualTo(shipped);
        assertThat(described(uncommented)).isEqualTo(described(shipped));
    }

    @Test
    void theExampleOfASmarthostShowsItsDefaults() throws IOException {
        var example = Pattern.compile("(?s)#upstreams:\n#  - name: smarthost.*?\n(?=#\n)").matcher(Files.readString(SHIPPED));
        assertThat(example.find()).isTrue();
        var written = example.group().replaceAll("(?m)^#", "").replaceAll("(?m)^    (login|password):.*\n", "");
        var bare = "upstreams: [{ name: smarthost, kind: smtp, address: \"smtp.example.net:587\" }]\n";
        assertThat(upstream(written)).isEqualTo(upstream(bare));

        var other = Pattern.compile("(?s)#upstreams:\n#  - name: microsoft.*?\n(?=\n)").matcher(Files.readString(SHIPPED));
        assertThat(other.find()).isTrue();
        var token = other.group().replaceAll("(?m)^#", "").replace("CLIENT_SECRET", "SECRET");
        assertThat(upstream(token)).isEqualTo(upstream(token.replaceAll("(?m)^      (grant|refresh-token|timeout):.*\n", "")))
                .contains("ClientCredentials", "PT10S").doesNotContain("hush");
    }

    @Test
    void warnsOfReturnsThatNothingTakes() throws IOException {
        assertThat(warnings("returns: { domain: return.example.org }\n")).singleElement().asString()
                .contains("returns.domain: no listener takes returns");
        var listeners = "listeners: [{ takes: returns, address: \"127.0.0.1:0\" }]\n";
        assertThat(warnings(listeners + "returns: { domain: return.example.org }\n")).isEmpty();
        assertThat(warnings(listeners + "returns: { domain: return.example.org }\ndelivery: { reverse-path: shared }\n")).singleElement().asString()
                .contains("letters leave without a return address");
        assertThat(warnings(listeners + "returns: { domain: Example.org, replies: example.ORG }\n")).hasSize(2).allSatisfy(
                warning -> assertThat(warning).asString().contains("it is the domain of shared-address"));
        assertThat(warnings(listeners + "returns: { domain: return.example.org, postmaster: Admin@Return.Example.org }\n")).singleElement().asString()
                .contains("returns.postmaster: it is under a domain of return addresses");
    }

    private List<Problem> warnings(String lines) throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), "shared-address: inbox@example.org\n" + lines);
        var _ = Config.read(file, problems, _ -> null);
        assertThat(problems.list()).isEmpty();
        return problems.warnings().stream().filter(warning -> warning.key().startsWith("returns") || warning.key().equals("delivery.reverse-path"))
                .toList();
    }

    @Test
    void secretsComeFromTheEnvironmentAndAreNotPrinted() throws IOException {
        var config = read("upstreams: [{ name: s, kind: smtp, address: \"localhost:25\", login: me, password: \"${env:SECRET}\" }]\n");
        assertThat(config.outbound().routes().toString()).contains("me:***").doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                         <>",
        "null,                       <>",
        "'\"null\"',                 <>",
        "<>,                         <>",
        "shared,                     <inbox@example.org>",
        "bounces@bücher.example,     <bounces@xn--bcher-kva.example>"
    })
    void reportsLeaveWithWhatIsSaid(String written, String reversePath) throws IOException {
        assertThat(read("delivery: { report-reverse-path: " + written + " }\n").outbound().reportReversePath()).hasToString(reversePath);
    }

    @ParameterizedTest
    @CsvSource({
        "relay,                 smtp,    1",
        "localhost,             smtp,    1",
        "relay.localdomain,     smtp,    1",
        "127.0.0.1,             smtp,    1",
        "relay.example.org,     smtp,    0",
        "relay,                 capture, 0",
    })
    void warnsOfANameThatSmarthostsRefuse(String hostname, String kind, int warnings) throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var address = kind.equals("smtp") ? ", address: \"smtp.example.net:25\"" : "";
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                hostname: %s
                shared-address: inbox@example.org
                apps: []
                upstreams: [{ name: out, kind: %s%s }]
                """.formatted(hostname, kind, address));
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).filteredOn(warning -> warning.key().equals("hostname")).hasSize(warnings);
    }

    @Test
    void warnsOfAnOfficeThatIsNotThere() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        Files.writeString(folder.resolve("offices").resolve("dupont.yaml"), "company: o@d.example\n");
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                apps: [{ name: a, networks: [127.0.0.1], offices: [dupont, durand] }]
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).singleElement().asString().contains("there is no office durand");
    }

    @Test
    void missesNoOfficeWhoseFileCannotBeLookedAt() throws IOException {
        var problems = new Problems();
        var own = Files.createDirectories(folder.resolve("offices")).resolve("dupont.yaml");
        Files.createSymbolicLink(own, own);
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                apps: [{ name: a, networks: [127.0.0.1], offices: [dupont] }]
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void readsTheOfficesWhenAsked() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        Files.writeString(folder.resolve("offices").resolve("dupont.yaml"), "company: nowhere\n");
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                apps: [{ name: a, networks: [127.0.0.1], offices: [dupont] }]
                """);
        var config = Config.read(file, problems, name -> null);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
        config.readOffices(problems);
        assertThat(problems.list()).singleElement().asString().contains("dupont.yaml:1: company:");
    }

    @Test
    void needsItsFolderOfOffices() throws IOException {
        var problems = new Problems();
        var file = Files.writeString(folder.resolve("facteur.yaml"), "shared-address: inbox@example.org\n");
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).singleElement().asString().contains("settings.files.directory");
    }

    @Test
    void saysWhichValuesAreOutOfBounds() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                hostname: -x.example
                shared-address: inbox@example.org
                limits: { message-size: 0B, command-timeout: 25d, stop-timeout: 2h, line-length: 1GB }
                delivery: { retry: [] }
                upstreams: [{ name: s, kind: smtp, address: "localhost:25", timeouts: { turn: 25h, quit: 0s } }]
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).extracting(problem -> problem.key()).containsExactlyInAnyOrder(
                "hostname", "limits.message-size", "limits.command-timeout", "limits.stop-timeout", "limits.line-length",
                "delivery.retry", "upstreams[0].timeouts.turn", "upstreams[0].timeouts.quit");
    }

    @Test
    void readsTheCapsOfAnUpstream() throws IOException {
        var upstream = read("""
                upstreams: [{ name: s, kind: smtp, address: "localhost:25", letters-per-minute: 30, recipients-per-day: 10000, capture-copy: true }]
                """).outbound().routes().upstreams().getFirst().settings();
        assertThat(upstream.toString()).contains("caps=[letters-per-minute 30, recipients-per-day 10000]").startsWith("Copied");
    }

    @Test
    void warnsOfAnUpstreamThatLosesLetters() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                upstreams: [{ name: nowhere, kind: discard }]
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(warning -> warning.key()).contains("upstreams[0].kind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin: { address: 127.0.0.1:8026 }", "listeners: [{ address: '0.0.0.0:8026' }]"})
    void warnsOfAPortThatIsTaken(String other) throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(
                folder.resolve("facteur.yaml"), "shared-address: inbox@example.org\nconsole: { address: 127.0.0.1:8026 }\n" + other + "\n");
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).extracting(warning -> warning.key()).contains("console.address");
    }

    @Test
    void copiesNoCaptures() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                upstreams: [{ name: capture, capture-copy: true }]
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).extracting(problem -> problem.key()).containsExactly("upstreams[0].capture-copy");
    }

    @Test
    void wantsACertificateForTls() throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                shared-address: inbox@example.org
                listeners:
                  - { address: "127.0.0.1:0", tls: starttls }
                  - { address: "127.0.0.1:0", tls: tls1.3 }
                tls: { certificte: x.pem }
                limits: { handshake-timeout: 11m }
                """);
        Config.read(file, problems, name -> null);
        assertThat(problems.list()).extracting(problem -> problem.key()).containsExactlyInAnyOrder(
                "listeners[0].tls", "listeners[1].tls", "tls.certificte", "limits.handshake-timeout");
    }

    @Test
    void aLetterIsKnownForADayUnlessOtherwiseSaid() throws IOException {
        assertThat(read("").rules().duplicates()).contains(Duration.ofHours(24));
        assertThat(read("delivery: { duplicates: 90m }").rules().duplicates()).contains(Duration.ofMinutes(90));
        assertThat(read("delivery: { duplicates: off }").rules().duplicates()).isEmpty();
    }

    private static String withoutExample(String text) {
        return text.replaceAll("(?s)#\n# (An SMTP server that relays|Or in a database|Apps that launch people).*?\n(?=\n|\\z)", "")
                .replaceAll("(?s)#routes:.*?\n(?=\n)", "");
    }

    private String upstream(String yaml) throws IOException {
        return read(yaml).outbound().routes().toString().replaceAll("Trust@\\p{XDigit}+", "Trust");
    }

    private Config read(String yaml) throws IOException {
        return readText("hostname: relay.example.org\nshared-address: inbox@example.org\n" + yaml);
    }

    /// Everything but the objects without a value of their own.
    private List<Object> described(String yaml) throws IOException {
        var config = readText(yaml);
        return List.of(
                config.hostname(), config.sharedAddress(), config.rules().cacheTimes(), config.state(), config.inbound().listeners(),
                config.inbound().logins(),
                config.rules().roles(), config.rules().unknownContext(),
                config.outbound().routes(), config.rules().reversePath(), config.outbound().reportReversePath(), config.outbound().retry(),
                config.outbound().language(), config.outbound().delivery(), config.outbound().acceptance(), config.inbound().receivedFields(),
                config.rules().receivedClient(), config.rules().duplicates(), config.inbound().receivingBytes(), config.spool().floorBytes(),
                config.spool().historyKeep(),
                config.inbound().rates(), config.spool().database(), config.admin(), config.console(), config.federation(), config.log(),
                config.metrics());
    }

    private Config readText(String yaml) throws IOException {
        var problems = new Problems();
        Files.createDirectories(folder.resolve("offices"));
        var file = Files.writeString(folder.resolve("facteur.yaml"), yaml);
        var config = Config.read(file, problems, name -> name.equals("SECRET") ? "hush" : null);
        assertThat(problems.list()).isEmpty();
        return config;
    }
}
