package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SectionTest {
    private static final Path FILE = Path.of("conf", "facteur.yaml");

    private enum Tls {
        NONE,
        STARTTLS,
        STARTTLS_REQUIRED
    }

    private final Problems problems = new Problems();

    @Test
    void readsEveryKindOfValue() {
        Section section = parse("""
                text: hello
                number: -7
                delay: 90s
                size: 35MB
                retry: [1m, 5m]
                names: [a, "b c", 3]
                tls: starttls-required
                on: true
                """);

        assertThat(section.text("text")).hasValue("hello");
        assertThat(section.integer("number", 0, -10, 10)).isEqualTo(-7);
        assertThat(section.duration("delay", Duration.ZERO)).hasSeconds(90);
        assertThat(section.size("size", new DataSize(0))).isEqualTo(DataSize.ofMegabytes(35));
        assertThat(section.durations("retry", List.of())).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(section.texts("names", List.of())).containsExactly("a", "b c", "3");
        assertThat(section.choice("tls", Tls.NONE)).isEqualTo(Tls.STARTTLS_REQUIRED);
        assertThat(section.flag("on", false)).isTrue();
        section.close();
        assertThat(problems).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x:", "x: ~", "x: null", "x: # later"})
    void fallsBackWhenTheKeyIsNotSet(String text) {
        Section section = parse(text);

        assertThat(section.has("x")).isFalse();
        assertThat(section.text("x")).isEmpty();
        assertThat(section.text("x", "fallback")).isEqualTo("fallback");
        assertThat(section.integer("x", 25, 1, 65_535)).isEqualTo(25);
        assertThat(section.duration("x", Duration.ofDays(5))).hasDays(5);
        assertThat(section.durations("x", List.of(Duration.ZERO))).containsExactly(Duration.ZERO);
        assertThat(section.size("x", DataSize.ofKilobytes(1))).isEqualTo(DataSize.ofKilobytes(1));
        assertThat(section.texts("x", List.of("a"))).containsExactly("a");
        assertThat(section.choice("x", Tls.STARTTLS)).isEqualTo(Tls.STARTTLS);
        assertThat(section.choice("x", Tls.class)).isEmpty();
        assertThat(section.flag("x", true)).isTrue();
        assertThat(section.path("x")).isEmpty();
        assertThat(section.secret("x")).isEmpty();
        assertThat(section.value("x", Integer::valueOf)).isEmpty();
        assertThat(section.values("x", Integer::valueOf)).isEmpty();
        assertThat(section.section("x").keys()).isEmpty();
        assertThat(section.sections("x")).isEmpty();
        assertThat(section.entries("x")).isEmpty();
        section.close();
        assertThat(problems).hasToString("");
    }

    @Test
    void takesAQuotedEmptyTextForSet() {
        Section section = parse("url: \"\"\nname: ' '");

        assertThat(section.has("url")).isTrue();
        assertThat(section.text("url", "fallback")).isEmpty();
        section.requiredText("name");
        section.secret("name");
        assertThat(problems).hasToString("conf/facteur.yaml:2: name: must not be empty");
    }

    @Test
    void reportsEveryUnknownKeyWithTheNearestKnownOne() {
        Section root = parse("""
                hostname: relay
                listeners:
                  - adress: 127.0.0.1:2525
                    tls: none
                setings: { files: { directory: offices } }
                spool: { uri: x }
                colour: blue
                """);
        root.text("hostname");
        for (Section listener : root.sections("listeners")) {
            listener.text("address");
            listener.text("tls");
        }
        root.section("settings").section("files").text("directory");
        root.section("spool").text("url");
        root.close();
        root.close();

        assertThat(problems).hasToString("""
                conf/facteur.yaml:3: listeners[0].adress: unknown key; did you mean 'address'?
                conf/facteur.yaml:5: setings: unknown key; did you mean 'settings'?
                conf/facteur.yaml:6: spool.uri: unknown key; did you mean 'url'?
                conf/facteur.yaml:7: colour: unknown key""");
    }

    @Test
    void reportsAllProblemsAndFallsBackOnEach() {
        Section section = parse("""
                port: 70000
                count: many
                delay: 5
                size: 35
                tls: starttls-require
                on: yes
                retry: [1m, soon, 2h]
                name: [a]
                names: { a: b }
                section: text
                sections: { a: b }
                items: [{ a: b }, text, ~]
                """);

        assertThat(section.integer("port", 25, 1, 65_535)).isEqualTo(25);
        assertThat(section.integer("count", 3, 1, 9)).isEqualTo(3);
        assertThat(section.duration("delay", Duration.ZERO)).isZero();
        assertThat(section.size("size", new DataSize(1))).isEqualTo(new DataSize(1));
        assertThat(section.choice("tls", Tls.NONE)).isEqualTo(Tls.NONE);
        assertThat(section.flag("on", false)).isFalse();
        assertThat(section.durations("retry", List.of())).containsExactly(Duration.ofMinutes(1), Duration.ofHours(2));
        assertThat(section.text("name")).isEmpty();
        assertThat(section.texts("names", List.of("x"))).isEmpty();
        assertThat(section.section("section").requiredText("a")).isEmpty();
        assertThat(section.sections("sections")).isEmpty();
        assertThat(section.sections("items")).hasSize(2);
        assertThat(section.requiredText("missing")).isEmpty();
        assertThat(section.requiredValue("lost", Integer::valueOf, 5)).isEqualTo(5);

        assertThat(problems).hasToString("""
                conf/facteur.yaml:1: port: must be from 1 to 65535, not 70000
                conf/facteur.yaml:1: missing: is missing
                conf/facteur.yaml:1: lost: is missing
                conf/facteur.yaml:2: count: 'many' is not a whole number from 1 to 9
                conf/facteur.yaml:3: delay: '5' is not a duration; write 250ms, 60s, 5m, 24h or 5d
                conf/facteur.yaml:4: size: '35' is not a size; write 512B, 256KB, 35MB or 1GB
                conf/facteur.yaml:5: tls: 'starttls-require' is not one of none, starttls, starttls-required; did you mean 'starttls-required'?
                conf/facteur.yaml:6: on: 'yes' is not one of true, false
                conf/facteur.yaml:7: retry[1]: 'soon' is not a duration; write 250ms, 60s, 5m, 24h or 5d
                conf/facteur.yaml:8: name: must be a single value, not a list
                conf/facteur.yaml:9: names: must be a single value, not a mapping
                conf/facteur.yaml:10: section: must be a mapping (lines of 'key: value'), not a single value
                conf/facteur.yaml:11: sections: must be a list of mappings, not a mapping
                conf/facteur.yaml:12: items[1]: must be a mapping (lines of 'key: value'), not a single value
                conf/facteur.yaml:12: items[2]: must not be empty""");
    }

    @Test
    void makesTheWordsOfAParserTheProblem() {
        Section section = parse("a: 5\nb: [1, two]");

        assertThat(section.value("a", Integer::valueOf)).hasValue(5);
        assertThat(section.values("b", Integer::valueOf)).containsExactly(1);
        assertThat(problems).hasToString("conf/facteur.yaml:2: b[1]: For input string: \"two\"");
    }

    @Test
    void takesASingleValueForAListOfOne() {
        Section section = parse("offices: dupont\nretry: 5m");

        assertThat(section.texts("offices", List.of())).containsExactly("dupont");
        assertThat(section.durations("retry", List.of())).containsExactly(Duration.ofMinutes(5));
    }

    @Test
    void keepsTheOrderOfFreeNames() {
        Section root = parse("""
                contexts:
                  task: { reply-to: general }
                  invoice:
                  "a.b": { adress: x }
                """);
        Map<String, Section> contexts = root.entries("contexts");

        assertThat(contexts.keySet()).containsExactly("task", "invoice", "a.b");
        contexts.values().forEach(context -> {
            context.text("reply-to");
            context.text("address");
        });
        assertThat(contexts.get("invoice")).hasToString("contexts.invoice");
        root.close();
        assertThat(problems)
                .hasToString("conf/facteur.yaml:4: contexts.a.b.adress: unknown key; did you mean 'address'?");
    }

    @Test
    void tellsListItemsFromKeysThatLookLikeThem() {
        Section root = parse("a: [{ x: 1 }]\n'a[0]': { x: 2 }");

        assertThat(root.sections("a").getFirst().text("x")).hasValue("1");
        assertThat(root.section("a[0]").text("x")).hasValue("2");
    }

    @Test
    void reportsADuplicateKeyAndKeepsTheFirst() {
        Section root = parse("state: a\nstate: b\n");

        assertThat(root.text("state")).hasValue("a");
        assertThat(problems).hasToString("conf/facteur.yaml:2: state: duplicate key; first on line 1");
    }

    @Test
    void addsProblemsOfItsReadersAtTheirKeys() {
        Section from = parse("a: b\nfrom:\n  name: x\n").section("from");
        from.problem("name", "is odd");
        from.problem("address", "is needed");
        from.problem("", "is incomplete");
        from.warning("name", "is ignored");

        assertThat(from.file()).isEqualTo(FILE);
        assertThat(from.line("name")).isEqualTo(3);
        assertThat(problems).hasToString("""
                conf/facteur.yaml:2: from.address: is needed
                conf/facteur.yaml:2: from: is incomplete
                conf/facteur.yaml:3: from.name: is odd""");
        assertThat(problems.warnings()).singleElement().hasToString("conf/facteur.yaml:3: from.name: is ignored");
    }

    @Test
    void startsRelativePathsFromTheFolderOfTheFile() {
        Path folder = Path.of("conf").toAbsolutePath();
        Section section = parse("directory: ../offices\nkey: /etc/key.pem\nodd: \"a\\0b\"\nempty: ''");

        assertThat(section.path("directory")).hasValue(folder.resolveSibling("offices"));
        assertThat(section.path("key", Path.of("x"))).isEqualTo(Path.of("/etc/key.pem"));
        assertThat(section.path("state", Path.of("var"))).isEqualTo(folder.resolve("var"));
        assertThat(section.path("state", Path.of("/var/lib"))).isEqualTo(Path.of("/var/lib"));
        section.path("odd");
        section.path("empty");
        assertThat(problems).hasToString("""
                conf/facteur.yaml:3: odd: Nul character not allowed: a?b
                conf/facteur.yaml:4: empty: must not be empty""");
    }

    @Test
    void expandsReferencesInEveryReaderAndNeverPrintsWhatTheyStandFor(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("facteur.yaml");
        Files.writeString(folder.resolve("password"), "swordfish\n");
        Files.writeString(file, """
                password: ${file:password}
                port: ${env:PORT}
                names: [a, "${env:PORT}"]
                files: { directory: "${env:PORT}" }
                delay: ${file:password}
                tls: x${file:password}
                lost: ${env:LOST}
                """);
        Section section = ConfigFile.read(file, problems, Map.of("PORT", "2525")::get);

        assertThat(section.secret("password").map(Secret::reveal)).hasValue("swordfish");
        assertThat(section.integer("port", 0, 1, 65_535)).isEqualTo(2525);
        assertThat(section.texts("names", List.of())).containsExactly("a", "2525");
        assertThat(section.section("files").path("directory")).hasValue(folder.resolve("2525"));
        section.duration("delay", Duration.ZERO);
        section.choice("tls", Tls.NONE);
        assertThat(section.requiredText("lost")).isEmpty();
        section.close();

        assertThat(problems.toString().replace(folder + "/", "")).isEqualTo("""
                facteur.yaml:5: delay: the value of '${file:password}' is not valid here
                facteur.yaml:6: tls: the value of 'x${file:password}' is not valid here
                facteur.yaml:7: lost: the environment variable LOST is not set""");
    }

    private Section parse(String text) {
        return ConfigFile.parse(text, FILE, problems);
    }
}
