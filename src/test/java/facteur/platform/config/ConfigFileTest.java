package facteur.platform.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
final class ConfigFileTest {
    private static final Path FILE = Path.of("facteur.yaml");
    private static final Limits SMALL = new Limits(200, 4, 10, 2);

    @TempDir
    private Path folder = Path.of("");

    private final Problems problems = new Problems();

    @Test
    void inGeneratedTextABlankOneIsNotSet() {
        var section = ConfigFile.parseGenerated("""
                {"a": "", "b": " ", "c": null, "d": [], "e": ["", null, "x"], "f": {"g": ""}, "h": [""]}
                """, FILE, problems);
        assertThat(section.keys()).containsExactly("a", "b", "c", "d", "e", "f", "h");
        assertThat(section.has("a") || section.has("b") || section.has("c") || section.has("d")).isFalse();
        assertThat(section.section("d").keys()).isEmpty();
        assertThat(section.texts("e", List.of())).containsExactly("x");
        assertThat(section.section("f").text("g")).isEmpty();
        assertThat(section.values("h", text -> text)).isEmpty();
        section.close();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void anEmptyListIsAnEmptyMappingInGeneratedTextOnly() {
        assertThat(ConfigFile.parseGenerated("[]", FILE, problems).keys()).isEmpty();
        assertThat(problems.list()).isEmpty();
        ConfigFile.parse("[]", FILE, problems).close();
        ConfigFile.parseGenerated("\n[1]", FILE, problems).close();
        assertThat(messages()).hasSize(2).allMatch(message -> message.contains("must be a mapping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only words\n", "---\n", "---\n...\n", "~", "{}", "\uFEFF"})
    void takesAnEmptyFileForAnEmptyMapping(String text) throws IOException {
        Section root = read(text.getBytes(UTF_8));

        assertThat(root.keys()).isEmpty();
        assertThat(root.requiredText("hostname")).isEmpty();
        root.close();
        assertThat(messages()).singleElement().asString().endsWith("hostname: is missing");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\uFEFFhostname: relay".getBytes(UTF_8)).text("hostname")).hasValue("relay");
    }

    @Test
    void readsJson() {
        Section root = ConfigFile.parse("{\n\t\"company\": \"A \\u00e9\",\n\t\"users\": [\"b\", \"c\"]\n}", FILE, problems);

        assertThat(root.requiredText("company")).isEqualTo("A é");
        assertThat(root.values("users", text -> text)).containsExactly("b", "c");
        root.close();
        assertThat(messages()).isEmpty();
    }

    @Test
    void expandsNothingInTextFromElsewhere() {
        assertThat(ConfigFile.parse("a: ${env:HOME} ${file:/etc/passwd}", FILE, problems).text("a"))
                .hasValue("${env:HOME} ${file:/etc/passwd}");
    }

    @Test
    void saysThatThereIsNoFile() {
        Path file = folder.resolve("facteur.yaml");

        assertThat(ConfigFile.read(file, problems, _ -> null).keys()).isEmpty();
        assertThat(problems).hasToString(file + ": no such file");
    }

    @Test
    void saysThatAFolderIsNoFile() {
        ConfigFile.read(folder, problems, _ -> null);

        assertThat(problems).hasToString(folder + ": is not a regular file");
    }

    @Test
    void saysNothingAboutTheKeysOfAFileThatCouldNotBeRead() {
        Section root = ConfigFile.parse("a: [", FILE, problems);
        root.requiredText("hostname");
        root.section("tls").requiredText("key");
        root.problem("listeners", "at least one is needed");
        root.close();

        assertThat(messages())
                .containsExactly("facteur.yaml:1: while parsing a flow node from line 1, expected the node content, but found '<stream end>'");
    }

    @Test
    void tellsTheLineThatIsNotUtf8() throws IOException {
        read(new byte[] {'a', ':', '\n', ' ', (byte) 0xc3, '\n'});

        assertThat(messages()).singleElement().asString().endsWith("facteur.yaml:2: is not UTF-8 text: save it as UTF-8");
    }

    @Test
    void tellsTheLineWithACharacterThatIsNotText() {
        ConfigFile.parse("a: b\nc: d\u0007", FILE, problems);

        assertThat(messages()).containsExactly("facteur.yaml:2: the character U+0007 is not allowed");
    }

    @Test
    void reportsAKeyThatIsNoWord() {
        ConfigFile.parse("? [a, b]\n: c\n", FILE, problems);

        assertThat(messages()).containsExactly("facteur.yaml:1: a key must be a single value");
    }

    @Test
    void readsOneDocumentOnly() {
        ConfigFile.parse("a: b\n---\nc: d\n", FILE, problems);

        assertThat(messages()).singleElement().asString().startsWith("facteur.yaml:2: expected a single document");
    }

    @Test
    void refusesAValueThatContainsItself() {
        ConfigFile.parse("a: &a {b: *a}", FILE, problems).section("a").section("b").section("b");

        assertThat(messages()).containsExactly("facteur.yaml:1: a: a value must not contain itself");
    }

    @Test
    void sharesAnAliasedMapping() {
        Section root = ConfigFile.parse("a: &a {x: 1}\nb: *a\n", FILE, problems);

        assertThat(root.section("b").text("x")).hasValue("1");
        root.section("a");
        root.close();
        assertThat(messages()).containsExactly("facteur.yaml:1: a.x: unknown key");
    }

    @Test
    void stopsAtEachLimit() throws IOException {
        read("# ".concat("x".repeat(199)).getBytes(UTF_8));
        read("a: [[[[1]]]]".getBytes(UTF_8));
        read("a: [1, 2, 3, 4, 5, 6, 7, 8]".getBytes(UTF_8));
        read("a: &a []\nb: [*a, *a, *a]".getBytes(UTF_8));

        assertThat(messages())
                .containsExactlyInAnyOrder(
                        "facteur.yaml: is larger than 200B",
                        "facteur.yaml:1: lists and mappings are nested deeper than 4",
                        "facteur.yaml:1: the file holds more than 10 values",
                        "facteur.yaml:2: Number of aliases for non-scalar nodes exceeds the specified max=2");
    }

    @Test
    void standsNestingThatWouldOverflowTheStack() {
        ConfigFile.parse("a: " + "[".repeat(100_000), FILE, problems);
        ConfigFile.parse("- ".repeat(100_000), FILE, problems);
        ConfigFile.parse("? ".repeat(100_000), FILE, problems);

        assertThat(messages()).containsExactly("facteur.yaml:1: lists and mappings are nested deeper than 64");
    }

    @Test
    void readsALongValueInGoodTime() {
        String text = "x".repeat(4_000_000);

        assertThat(ConfigFile.parse("a: '" + text + "'", FILE, problems).text("a")).hasValue(text);
    }

    @Test
    void countsTheUnknownKeysOfAHugeFileWithoutComparingThemAll() {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < 20_000; number++) {
            text.append("some-rather-long-unknown-key-").append(number).append(":\n");
        }
        Section root = ConfigFile.parse(text.toString(), FILE, problems);
        for (int number = 0; number < 50; number++) {
            root.text("some-rather-long-known-key-" + number);
        }
        root.close();

        assertThat(problems.list()).hasSize(Problems.MOST);
    }

    private Section read(byte[] bytes) throws IOException {
        Path file = folder.resolve("facteur.yaml");
        Files.write(file, bytes);
        return ConfigFile.read(file, problems, _ -> null, SMALL);
    }

    private List<String> messages() {
        return problems.list().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }
}
