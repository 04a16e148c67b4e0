package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.TestKeys;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state folder from when `faß.example` was read as `fass.example`: `check` and the log name what has to be added again.
final class OldDomainTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void tellsOfADomainThatWasAddedUnderAnothersName() throws IOException {
        keys().create("fass.example", NOW);
        office("from: { address: office@faß.example }");
        assertThat(warnings()).singleElement().asString()
                .contains("dupont.yaml", "faß.example is xn--fa-hia.example", "keys for fass.example",
                        "facteur domain add xn--fa-hia.example --office dupont");

        keys().create("faß.example", NOW);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void looksAtContextsToo() throws IOException {
        keys().create("xn--nxasmq6b.example", NOW);
        office("contexts: { task: { from: { address: office@βόλος.example } } }");
        assertThat(warnings()).singleElement().asString().contains("xn--nxasmm1c.example", "xn--nxasmq6b.example");
    }

    @Test
    void saysNothingWhereNothingWasAdded() throws IOException {
        office("from: { address: office@faß.example }");
        assertThat(warnings()).isEmpty();

        keys().create("dupont.example", NOW);
        office("from: { address: office@dupont.example }");
        assertThat(warnings()).isEmpty();
    }

    private KeyFolder keys() {
        return TestKeys.folder(folder.resolve("var"));
    }

    private void office(String line) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("offices")).resolve("dupont.yaml"),
                "company: Dupont <office@dupont.example>\n" + line + "\n");
    }

    private List<Problem> warnings() throws IOException {
        var file = Files.writeString(folder.resolve("facteur.yaml"), """
                hostname: relay.example
                shared-address: inbox@relay.example
                state: var
                apps: [{ name: local, networks: [127.0.0.0/8], offices: [dupont] }]
                upstreams: [{ name: captured, kind: capture }]
                """);
        var problems = new Problems();
        Config.read(file, problems, _ -> null).readOffices(problems);
        assertThat(problems.list()).isEmpty();
        return problems.warnings();
    }
}
