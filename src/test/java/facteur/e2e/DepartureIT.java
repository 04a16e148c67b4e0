package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.cli.Cli;
import facteur.cli.Invocation;
import facteur.fixture.Ended;
import facteur.fixture.FreePort;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur explain` tells how a letter would leave and what signs it; `facteur domain` tells of keys that can't be read.
final class DepartureIT {
    private static final String ROUTES = """
            upstreams:
              - { name: near, kind: capture, order: 2 }
              - { name: far, kind: smtp, address: "smtp.example.net:587", tls: starttls, order: 1 }
              - { name: partner, kind: discard }
            routes:
              - { office: dubois, upstreams: near }
              - { to-domain: partner.example, upstreams: partner }
              - { upstreams: [near, far] }
            """;

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() throws Exception {
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("domains", "{ trusted: [dupont.example], resolvers: [\"127.0.0.1:%d\"], timeout: 100ms }".formatted(FreePort.next()),
                        "")
                .edited("hostname:", ROUTES + "hostname:");
        relay.start(new RecordingJournal()).close();
    }

    @Test
    void tellsTheRoutes() {
        assertThat(explained()).containsSubsequence(
                "leaves    by route 2, for recipients at partner.example",
                "     3    partner: discarded, not relayed",
                "leaves    by route 3",
                "     1    far: relayed to smtp.example.net:587",
                "     2    near: captured in " + relay.state().resolve("captured") + ", not relayed");
        assertThat(explained("--to", "an@partner.example,bo@client.example")).containsSubsequence(
                "leaves    by route 2, for an@partner.example", "leaves    by route 3, for bo@client.example");
        assertThat(facteur("explain", "--office", "dupont", "--to", "nonsense").exitCode()).isEqualTo(64);
        assertThat(facteur("explain", "--office", "dupont", "--json").out()).containsSubsequence(
                "\"sandbox\": false", "\"routes\": [", "\"route\": 2", "\"toDomains\": [", "\"destination\": \"relayed to smtp.example.net:587\"",
                "\"signature\": {", "\"domain\": \"dupont.example\"", "\"selectors\": []");
    }

    @Test
    void tellsOfASandbox() {
        relay.office("dupont", RelayFolder.DUPONT + "sandbox: true\n");
        assertThat(explained()).contains("leaves    not at all: sandbox, captured in " + relay.state().resolve("captured"));
    }

    @Test
    void tellsWhatSignsAndWhatCannotBeRead() throws Exception {
        assertThat(explained()).contains("signed    not: there is no key for dupont.example");
        assertThat(facteur("domain", "add", "dupont.example", "--office", "dupont").exitCode()).isZero();
        assertThat(explained()).contains("signed    not yet: the records of the keys of dupont.example were not seen in the DNS");
        var keys = keys();
        for (var key : keys) {
            Files.writeString(key, Files.readString(key).replaceFirst("announced", "active"));
        }
        assertThat(explained())
                .anyMatch(line -> line.matches("signed    by DKIM, d=dupont.example, s=facteur-\\S+ and s=facteur-\\S+: aligned with From"));
        assertThat(facteur("domain", "records", "dupont.example").exitCode()).isZero();
        for (var key : keys) {
            Files.writeString(key, "not a key\n");
        }
        assertThat(explained()).containsSequence("signed    not: no key of dupont.example can be read")
                .anyMatch(line -> line.contains(keys.getFirst().toString()));
        var records = facteur("domain", "records", "dupont.example");
        assertThat(records.err()).contains("a record is missing: " + keys.getFirst());
        assertThat(records.exitCode()).isEqualTo(74);
        var check = facteur("domain", "check", "--explain", "dupont.example");
        assertThat(check.err()).contains("letters can't be signed with it: " + keys.getFirst());
        assertThat(check.out()).contains("will not pass this letter: our DKIM keys can't be read");
        assertThat(check.exitCode()).isEqualTo(74);
    }

    private List<Path> keys() throws IOException {
        try (var files = Files.list(relay.state().resolve("keys/dupont.example"))) {
            return files.sorted().toList();
        }
    }

    private List<String> explained(String... more) {
        var ended = facteur(Stream.concat(Stream.of("explain", "--office", "dupont"), Stream.of(more)).toArray(String[]::new));
        assertThat(ended.err()).isEmpty();
        return ended.out().lines().toList();
    }

    private Ended facteur(String... verb) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = Stream.concat(Stream.of(verb), Stream.of("--config", relay.config().toString())).toArray(String[]::new);
        var exitCode = Cli.execute(new Invocation(
                InputStream.nullInputStream(), new PrintWriter(out, true), new PrintWriter(err, true), System.getenv(), InstantSource.system(),
                arguments));
        return new Ended(exitCode, out.toString(), err.toString());
    }
}
