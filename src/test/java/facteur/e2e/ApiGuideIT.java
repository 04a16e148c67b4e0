package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AppConnection;
import facteur.fixture.Ended;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What an integrator does who has `src/docs/api.md` and nothing else: its commands in their order, with the answers that it shows, and
/// its worked examples, against one relay of the packaged program with the configuration of the page.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiGuideIT {
    private static final Path PAGE = Path.of("src/docs/api.md");
    private static final Path EXAMPLES = Path.of("src/docs/examples").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final String ADDRESS = "127.0.0.1:8026";
    private static final String END_OF_BLOCK = "\u001e";
    private static final String SCOPES = "settings:read,settings:write,cards:read,cards:write,log:read";

    private record Block(String language, String text) {
        /// One of the worked examples.
        boolean isScript() {
            return text.startsWith("#!");
        }
    }

    private Path folder;
    private int port;
    private PackagedRelay relay;
    private String token;

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        folder = shared;
        port = FreePort.next();
        var lines = blocks().stream().filter(block -> block.language().equals("yaml")).findFirst().orElseThrow().text();
        var config = new RelayFolder(folder).configuredWith("shared-address", "inbox@example.org", here(lines)).config();
        var facteur = Files.createDirectory(folder.resolve("bin")).resolve("facteur");
        Files.writeString(facteur, "#!/bin/sh\nexec " + PackagedRelay.layout().resolve("bin/facteur") + " \"$@\" --config " + config + "\n");
        Files.setPosixFilePermissions(facteur, PosixFilePermissions.fromString("rwxr-xr-x"));
        relay = PackagedRelay.run(config);
        token = Ended.of(PackagedRelay.command("token", "add", "examples", "--office", "*", "--scope", SCOPES, "--config", config.toString()))
                .out()
                .strip();
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE)).results().map(block -> new Block(block.group(1), block.group(2))).toList();
    }

    private String here(String text) {
        return text.replace(ADDRESS, "127.0.0.1:" + port);
    }

    @Test
    void eachCommandIsAnsweredAsThePageShows() throws Exception {
        var blocks = blocks();
        var script = new StringBuilder("set -e\n");
        var shown = new ArrayList<String>();
        for (var i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language().equals("sh") && !blocks.get(i).isScript()) {
                var text = here(blocks.get(i).text()).replace("127.0.0.1:2525", "127.0.0.1:" + relay.port());
                script.append(text).append("printf '").append(END_OF_BLOCK).append("'\n");
                shown.add(i + 1 < blocks.size() && blocks.get(i + 1).language().equals("json") ? blocks.get(i + 1).text() : "");
            }
        }
        var ended = run(List.of("sh"), script.toString());
        assertThat(ended.exitCode()).as("%s", ended).isZero();
        var said = ended.out().split(END_OF_BLOCK, -1);
        assertThat(said).hasSize(shown.size() + 1);
        for (var i = 0; i < shown.size(); i++) {
            var answers = values(said[i]);
            var expected = values(shown.get(i));
            assertThat(answers).as("%s instead of %s", said[i], shown.get(i)).hasSize(expected.size());
            for (var j = 0; j < expected.size(); j++) {
                assertThat(isPart(expected.get(j), answers.get(j))).as("%s instead of %s", answers.get(j), expected.get(j)).isTrue();
            }
        }
    }

    /// One after another, as they stand in a text.
    private static List<JsonValue> values(String text) {
        var values = new ArrayList<JsonValue>();
        var value = new StringBuilder();
        for (var line : text.lines().toList()) {
            value.append(line);
            try {
                values.add(JsonReader.read(value.toString()));
                value.setLength(0);
            } catch (JsonException more) {
                value.append('\n');
            }
        }
        assertThat(value.toString().strip()).isEmpty();
        return values;
    }

    /// The page leaves out members of objects, and the ends of lists that aren't empty.
    private static boolean isPart(JsonValue part, JsonValue whole) {
        if (part instanceof JsonValue.Members(var shown) && whole instanceof JsonValue.Members all) {
            return shown.entrySet().stream()
                    .allMatch(member -> all.member(member.getKey()).filter(value -> isPart(member.getValue(), value)).isPresent());
        }
        if (part instanceof JsonValue.Array(var shown) && whole instanceof JsonValue.Array(var all)) {
            for (var i = 0; i < shown.size(); i++) {
                if (i >= all.size() || !isPart(shown.get(i), all.get(i))) {
                    return false;
                }
            }
            return shown.isEmpty() == all.isEmpty();
        }
        return part.equals(whole);
    }

    @Test
    void theExampleOfCurlRuns() throws Exception {
        runs("suite-sh", "sh", EXAMPLES.resolve("suite.sh").toString());
    }

    @Test
    void theExampleOfNodeRuns() throws Exception {
        assumeTrue(hasNode(), "no Node 18 or newer here");
        runs("suite-node", "node", EXAMPLES.resolve("suite.mjs").toString());
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            var version = Ended.of(new ProcessBuilder("node", "--version")).out().strip();
            return version.matches("v\\d+\\..*") && Integer.parseInt(version.substring(1, version.indexOf('.'))) >= 18;
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void theExampleOfJavaRuns() throws Exception {
        runs("suite-java", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                EXAMPLES.resolve("Suite.java").toString());
    }

    /// Twice: what is said again is done once. Between, there is a letter to read of.
    private void runs(String office, String... command) throws Exception {
        var example = new ArrayList<>(List.of(command));
        example.add(office);
        var first = run(example, "");
        assertThat(first.exitCode()).as("%s", first).isZero();
        assertThat(first.out()).containsPattern("created\"?: ?10000");
        try (var app = AppConnection.greeted(relay.port())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), ("From: Jan <jan@dupont.example>\r\nX-Office-Id: " + office
                    + "\r\nX-Context: invoice\r\nX-Relation-Id: R-42\r\n\r\nHi\r\n").getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(250);
        }
        var second = run(example, "");
        assertThat(second.exitCode()).as("%s", second).isZero();
        assertThat(second.out())
                .containsPattern("unchanged\"?: ?9999")
                .contains("An Peeters <an@martin.example>", "The context sends replies to a role on the client's card.");
    }

    private Ended run(List<String> command, String input) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(PackagedRelay.command().environment());
        builder.environment().putAll(Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                "FACTEUR_API", "http://127.0.0.1:" + port + "/api/v1",
                "FACTEUR_TOKEN", token));
        return Ended.of(builder, input);
    }
}
