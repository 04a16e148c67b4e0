package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Ended;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verbs that need nothing but the configuration: `check`, `explain`, `password`, `version`; and what every verb says of
/// a configuration that can't be used.
final class ConfigVerbsTest {
    private static final Pattern VERB = Pattern.compile("(?m)^  ([a-z-]+)  +[A-Z]");

    @TempDir
    private Path folder;

    private StoppedRelay relay;

    @BeforeEach
    void open() {
        relay = StoppedRelay.in(folder);
    }

    @Test
    void checkFindsNoProblems() {
        var ended = relay.run("check");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEqualTo(relay.folder().config() + ": no problems\n");
    }

    @Test
    void checkWarnsOfAnAppWhoseLettersHaveNoName() throws Exception {
        for (var i = 0; i < 4; i++) {
            relay.deferred("client@example.com");
        }
        assertThat(relay.run("check").err()).isEmpty();
        relay.deferred("client@example.com");
        var ended = relay.run("check");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("apps: the last 5 letters of app local have neither an X-Letter-Key nor a Message-ID of their own");
        var _ = relay.folder().configured("delivery: { duplicates: off }\n");
        assertThat(relay.run("check").err()).isEmpty();
    }

    @Test
    void checkWarnsOfLettersThatAreForgottenBeforeTheyCanComeAgain() {
        var _ = relay.folder().configured("history: { keep: 1h }\n");
        assertThat(relay.run("check").err()).contains("duplicates: letters are forgotten by history.keep, 1h after their end");
    }

    @Test
    void checkReportsEveryProblem() {
        var _ = relay.folder().office("durand", "contexts: 3\n").configured("nonsense: 1\n");
        var ended = relay.run("check");
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err()).contains("nonsense: unknown key", "durand.yaml:1: ");
    }

    /// Reading stops the verb; the state is untouched.
    @ParameterizedTest
    @ValueSource(strings = {
        "domain list", "domain add dupont.example --office dupont", "explain --office dupont", "upstream check", "send-test --to an@client.example"
    })
    void anUnusableConfigurationEndsTheVerb(String words) {
        var _ = relay.folder().configured("nonsense: 1\n");
        var ended = relay.run(words);
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("facteur.yaml:").contains("nonsense: unknown key");
        assertThat(relay.state()).doesNotExist();
    }

    /// They need to know where the state is, and no more of the configuration.
    @ParameterizedTest
    @ValueSource(strings = {"queue list", "log --acts", "reload", "status", "forget --address an@client.example", "backup b.zip", "restore b.zip"})
    void aConfigurationWithoutAStateFolderEndsTheVerb(String words) {
        var _ = relay.folder().configuredWith("state", "[1, 2]", "");
        var ended = relay.run(words);
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err()).contains("facteur.yaml:").contains("state: ");
    }

    @Test
    void explainsByOptions() {
        var ended = relay.run("explain --office dupont --context invoice --relation R-1042 --to an@client.example");
        assertThat(ended.out()).contains("From      Cabinet Dupont SRL <office@dupont.example>", "Reply-To  An Peeters <an@dupont.example>",
                "leaves    by the only route");
        assertThat(relay.run("explain --office dupont --json").out()).contains("\"fromRule\": \"from.office\"");
    }

    @Test
    void explainsALetterOnStandardInput() {
        var letter = "From: Jan Janssens <jan@dupont.example>\r\nX-Office-Id: dupont\r\nX-Context: task\r\n\r\nbody\r\n";
        assertThat(relay.run("explain", letter).out()).contains("office    dupont", "context   task", "sender    Jan Janssens <jan@dupont.example>");
        assertThat(relay.run("explain", "X-Office-Id: durand\r\n\r\n")).isEqualTo(new Ended(65, "", "facteur: no such office: durand\n"));
    }

    @Test
    void explainNeedsAnOffice() {
        var _ = relay.folder().configuredWith("apps", "[{ name: local, networks: [127.0.0.0/8], offices: ['*'] }]", "");
        assertThat(relay.run("explain --context task"))
                .isEqualTo(new Ended(64, "", "facteur: --office is required: no app has a default office\n"));
    }

    @Test
    void helpNeedsNoConfiguration() {
        assertThat(relay.run("explain --help").out()).contains("--smtputf8", "--json");
        assertThat(relay.run("queue").exitCode()).isEqualTo(64);
    }

    /// The help reads them all; each alone is read when it is asked for by its name.
    @Test
    void eachVerbOfTheHelpIsFoundByItsName() {
        var verbs = VERB.matcher(relay.run("--help").out()).results().map(found -> found.group(1)).toList();
        assertThat(verbs)
                .hasSizeGreaterThan(15)
                .contains("run")
                .filteredOn(verb -> !verb.equals("run"))
                .allSatisfy(verb -> assertThat(relay.run(verb + " --help").out()).contains("Usage: facteur " + verb + " "));
    }

    @Test
    void hashesAPassword() {
        var out = new StringWriter();
        var err = new StringWriter();
        var in = new ByteArrayInputStream("sesame\n".getBytes(StandardCharsets.UTF_8));
        var invocation = new Invocation(in, new PrintWriter(out), new PrintWriter(err), Map.of(), InstantSource.system(), "password");
        assertThat(Cli.execute(invocation)).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("pbkdf2-sha512$").hasLineCount(1);
    }
}
