package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.access.FederationSettings;
import facteur.access.LaunchResult;
import facteur.access.LaunchRules;
import facteur.access.LaunchTokens;
import facteur.access.UsedOnce;
import facteur.fixture.Ended;
import facteur.fixture.MigratedDatabase;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `src/docs/examples/launch.mjs` signs, by a key of OpenSSL's and the crypto of Node, is taken.
final class LaunchExampleIT {
    private static final String CONSOLE = "https://mail.example.org";

    @TempDir
    private Path folder;

    @Test
    void whatTheExampleSignsIsTaken() throws Exception {
        assumeTrue(has("node", "--version") && has("openssl", "version"), "no Node or no OpenSSL here");
        var key = folder.resolve("suite.pem").toString();
        say("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key);
        Files.writeString(folder.resolve("suite.jwks"), example(key));
        var problems = new Problems();
        var section = Files.writeString(folder.resolve("facteur.yaml"),
                "suites: [{ name: suite, offices: [dupont], algorithm: ES256, keys: \"${file:suite.jwks}\" }]\n");
        var federation = FederationSettings.from(ConfigFile.read(section, problems, _ -> null));
        assertThat(problems.list()).isEmpty();
        var rules = new LaunchRules(true, URI.create(CONSOLE), federation, List.of());
        try (var database = MigratedDatabase.open(folder)) {
            var tokens = new LaunchTokens(() -> rules, new UsedOnce(database), InstantSource.system());
            assertThat(tokens.accept(example(key, CONSOLE, "dupont").strip())).isInstanceOfSatisfying(LaunchResult.Accepted.class,
                    accepted -> assertThat(accepted.launch().name()).isEqualTo("Jan Janssens"));
            assertThat(tokens.accept(example(key, CONSOLE, "durand").strip())).isInstanceOf(LaunchResult.Refused.class);
        }
    }

    private static boolean has(String... command) throws InterruptedException {
        try {
            return Ended.of(new ProcessBuilder(command)).exitCode() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private static String example(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", "src/docs/examples/launch.mjs"));
        command.addAll(List.of(words));
        return say(command.toArray(String[]::new));
    }

    private static String say(String... command) throws IOException, InterruptedException {
        var ended = Ended.of(new ProcessBuilder(command));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }
}
