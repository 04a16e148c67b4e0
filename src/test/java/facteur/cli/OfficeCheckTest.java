package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.Lifecycle;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.ScriptedDns;
import facteur.fixture.TestTime;
import facteur.mail.dkim.TestKeys;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.clock.ClockTrust;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.dns.DnsSettings;
import facteur.platform.json.JsonReader;
import facteur.relay.Config;
import facteur.settings.OfficeReader;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is allowed and probably a mistake: each with its line, and what to write instead.
final class OfficeCheckTest {
    private static final String CONFIG = """
            hostname: relay.shared.example
            shared-address: inbox@shared.example
            apps: [{ name: local, networks: [127.0.0.0/8], offices: [dupont] }]
            """;
    private static final String CAPTURE = "upstreams: [{ name: a, kind: capture }]\n";
    private static final String OFFICE = """
            company: Dupont <o@dupont.example>
            contexts:
              task: { reply-to: general, address: tasks@dupont.example }
            from:
              address: tasks@dupont.example
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void offices() throws IOException {
        write("offices/dupont.yaml", OFFICE);
    }

    @Test
    void warnsOfARouteForNoOffice() throws IOException {
        assertThat(warnings(CONFIG + "domains: { trusted: [dupont.example] }\n" + CAPTURE + """
                routes:
                  - { office: [dupont, durand], upstreams: [a] }
                  - from-domain: [dupont.example, shared.example, durand.example, "*.durand.example"]
                    upstreams: [a]
                  - { upstreams: [a] }
                """))
                .containsExactly(
                        "facteur.yaml:7: routes[0].office: there is no office durand: no letter of it comes this way",
                        "facteur.yaml:8: routes: no office has an address at durand.example: no letter takes this route");
    }

    @Test
    void warnsOfAnAddressWhoseDomainIsNeitherTrustedNorAdded() throws IOException {
        assertThat(warnings(CONFIG + CAPTURE))
                .containsExactly("offices/dupont.yaml:5: from: tasks@dupont.example isn't used: dupont.example is neither added nor trusted."
                        + " Write: facteur domain add dupont.example --office dupont; or, if no proof is needed, add it to domains.trusted");
        assertThat(warnings(CONFIG + CAPTURE + "domains: { verify: none }\n")).singleElement().asString().contains("isn't in domains.trusted");
        assertThat(warnings(CONFIG + CAPTURE + "domains: { trusted: [Dupont.example] }\n")).isEmpty();
    }

    @Test
    void namesTheOfficesOfTheStoreThatLettersCantGoBy() throws Exception {
        var config = CONFIG + CAPTURE + "settings: { source: store }\ndomains: { trusted: [dupont.example] }\n";
        assertThat(check(config).warnings()).isEmpty();
        var author = new Author(Via.COMMAND, "root", "", "", "");
        try (var database = MigratedDatabase.open(Files.createDirectories(folder.resolve("var")))) {
            var store =
                    new Store(database, () -> new OfficeReader(Address.of("inbox@old.example"), Roles.DEFAULT), () -> Roles.DEFAULT, new TestTime());
            for (var office : List.of("dupont", "durand", "dupuis")) {
                var settings = JsonReader.read("{\"company\": \"D <o@dupont.example>\", \"from\": {\"address\": \"o@"
                        + (office.equals("durand") ? "shared.example" : "dupont.example") + "\"}"
                        + (office.equals("dupuis") ? ", \"replies\": \"late\"}" : "}"));
                assertThat(store.settings().put(new OfficeId(office), settings, new Precondition.None(), author))
                        .isInstanceOf(ChangeResult.Changed.class);
            }
            var card = JsonReader.read("{\"partner\": [\"p@dupont.example\"]}");
            assertThat(store.cards().put(new OfficeId("dupont"), new RelationId("R-1"), card, new Precondition.None(), author))
                    .isInstanceOf(ChangeResult.Changed.class);
        }
        var problems = check(config);
        assertThat(problems.list()).extracting(Problem::toString)
                .containsExactly("office durand v1: from.address: shared.example is the relay's own domain, not the office's");
        assertThat(problems.warnings()).extracting(Problem::toString)
                .containsExactly(
                        "office dupuis v1: replies: 'late' has no effect: the relay's configuration has no domain for replies (returns.replies)",
                        "office dupuis v1: o@dupont.example is also an address of the office dupont");
        assertThat(check(config + "roles: [responsible]\n").list()).extracting(Problem::toString)
                .contains("office dupont: relations.R-1: 'partner' is not one of responsible");
    }

    @Test
    void warnsOfWhatHasNoEffectHere() throws IOException {
        write("offices/dupont.yaml", """
                company: Dupont <o@dupont.example>
                contexts:
                  invoice: {}
                  Task: {
                    replies: late }
                  note: { replies: direct }
                replies: late
                returns: { tell: none }
                """);
        var config = CONFIG + CAPTURE;
        var late = "'late' has no effect: the relay's configuration has no domain for replies (returns.replies)";
        assertThat(warnings(config)).containsExactly(
                "offices/dupont.yaml:5: contexts.task.replies: " + late,
                "offices/dupont.yaml:7: replies: " + late,
                "offices/dupont.yaml:8: returns: has no effect: the relay's configuration has no section 'returns'");
        var taking = config + "listeners: [{ address: \"127.0.0.1:0\", takes: returns }]\n";
        assertThat(warnings(taking + "returns: { domain: r.example.org }\n")).hasSize(2).allSatisfy(text -> assertThat(text).endsWith(late));
        assertThat(warnings(taking + "returns: { domain: r.example.org, replies: r.example.org }\n")).isEmpty();
    }

    @Test
    void warnsOfADomainThatIsAddedAndNotProved() throws Exception {
        try (var database = MigratedDatabase.open(Files.createDirectories(folder.resolve("var")));
                var dns = ScriptedDns.start()) {
            var desk = new DomainDesk(
                    database,
                    TestKeys.folder(folder.resolve("var")),
                    new DomainCheck(new DnsSettings(List.of(dns.address()), Duration.ofMillis(300)).open()),
                    new Lifecycle(3, Duration.ofHours(24)),
                    Duration.ofDays(5),
                    new TestTime(),
                    ClockTrust.ALWAYS,
                    new SecureRandom());
            var claim = desk.add("dupont.example", new OfficeId("dupont"));
            assertThat(warnings(CONFIG + CAPTURE)).singleElement().asString().contains("isn't used yet: dupont.example is added but not verified");
            desk.records(claim).forEach(record -> dns.txt(record.name(), record.text()));
            desk.check(claim);
            assertThat(warnings(CONFIG + CAPTURE)).isEmpty();
        }
    }

    @Test
    void warnsOfFilesThatAreNotRead() throws IOException {
        for (var name : List.of("durand.yml", "dupont.yml", "Martin.YAML", "dupont.csv", "lonely.relations.csv", "readme.txt", "x.yaml.bak")) {
            write("offices/" + name, "relation\n");
        }
        assertThat(warnings(CONFIG + CAPTURE + "domains: { trusted: [dupont.example] }\n"))
                .containsExactly(
                        "offices/Martin.YAML: is not read: its name should be martin.yaml",
                        "offices/dupont.csv: is not read: its name should be dupont.relations.csv",
                        "offices/dupont.yml: is not read: dupont.yaml is",
                        "offices/durand.yml: is not read: its name should be durand.yaml",
                        "offices/lonely.relations.csv: is not read: there is no lonely.yaml");
    }

    @Test
    void warnsOfAnUpstreamWithoutAKind() throws IOException {
        assertThat(warnings(CONFIG + "domains: { trusted: [dupont.example] }\nupstreams:\n  - name: a\n")).singleElement().asString()
                .startsWith("facteur.yaml:6: upstreams[0].kind: is missing, so that letters are captured and none leaves; write 'kind: capture'");
    }

    @Test
    void anAddressWithoutAKindIsAProblemThatNamesTheKind() throws IOException {
        var problems = new Problems();
        var _ = Config.read(
                write("facteur.yaml", CONFIG + "upstreams:\n  - { name: a, address: \"mail.example:587\", tls: starttls }\n"), problems, _ -> null);
        assertThat(problems.list()).singleElement().asString().endsWith("kind: is missing: for an upstream with an address write 'kind: smtp'");
    }

    @Test
    void warnsOfAnAdminPortThatAListenerHas() throws IOException {
        for (var address : List.of("127.0.0.1:8025", "0.0.0.0:8025")) {
            assertThat(warnings(CONFIG + CAPTURE + "domains: { trusted: [dupont.example] }\nlisteners: [{ address: \"" + address + "\" }]\n"
                    + "admin: { address: \"127.0.0.1:8025\" }\n"))
                    .containsExactly(
                            "facteur.yaml:7: admin.address: a listener has the same port: only one of them can have it. Write another, or 'off'");
        }
        assertThat(warnings(CONFIG + CAPTURE
                + "domains: { trusted: [dupont.example] }\nlisteners: [{ address: \"127.0.0.1:0\" }, { address: \"127.0.0.2:8025\" }]\n"
                + "admin: { address: \"127.0.0.1:8025\" }\n"))
                .isEmpty();
    }

    private List<String> warnings(String config) throws IOException {
        var problems = check(config);
        assertThat(problems.list()).isEmpty();
        return problems.warnings().stream().map(Problem::toString).map(text -> text.replace(folder + "/", "")).toList();
    }

    private Problems check(String config) throws IOException {
        var problems = new Problems();
        new OfficeCheck(Config.read(write("facteur.yaml", config + "state: var\n"), problems, _ -> null), problems).run();
        return problems;
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }
}
