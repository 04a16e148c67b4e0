package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged command, as an operator types it: from any folder, through a link, with and without a Java.
final class CommandIT {
    @TempDir
    private Path folder;

    @Test
    void saysItsVersionFromAnyFolderThroughALink() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("facteur"), PackagedRelay.layout().resolve("bin/facteur"));
        var ended = Ended.of(new ProcessBuilder(link.toString(), "version").directory(folder.toFile()));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).matches("facteur \\S+ \\(Java 2[5-9].*\\)\\R");
    }

    @Test
    void saysWhenThereIsNoJava() throws Exception {
        var builder = PackagedRelay.command("version");
        builder.environment().put("FACTEUR_JAVA", folder.resolve("no-java").toString());
        var ended = Ended.of(builder);
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err()).contains("FACTEUR_JAVA").contains("Java 25");
    }

    @Test
    void shipsAConfigurationWithoutProblems() throws Exception {
        var ended = Ended.of(PackagedRelay.command("check", "--config", PackagedRelay.layout().resolve("conf/facteur.yaml").toString()));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("no problems");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void reportsAllProblemsAtOnceWithLineAndNearestKey() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", "company: Cabinet Dupont\nreply-too: company\nfrom: { address: dupont@gmail.com }\n")
                .configured("lisstener: []\nlimits: { message-size: big, recipients: 5 }\n");
        var ended = Ended.of(PackagedRelay.command("check", "--config", relay.config().toString()));
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err().lines())
                .anyMatch(line -> line.contains("facteur.yaml:8: lisstener: unknown key; did you mean 'listeners'?"))
                .anyMatch(line -> line.contains("facteur.yaml:9: limits.message-size:"))
                .anyMatch(line -> line.contains("facteur.yaml:9: limits.recipients:"))
                .anyMatch(line -> line.contains("dupont.yaml:1: company: not a mailbox"))
                .anyMatch(line -> line.contains("dupont.yaml:2: reply-too: unknown key; did you mean 'reply-to'?"))
                .anyMatch(line -> line.contains("dupont.yaml:3: from.address: gmail.com is a public mail provider"));
    }

    @Test
    void doesNotStartWithAProblem() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("nonsense: 1\n");
        var ended = Ended.of(PackagedRelay.command("run", "--config", relay.config().toString()));
        assertThat(ended.exitCode()).isEqualTo(78);
        assertThat(ended.err()).contains("nonsense: unknown key");
    }

    @Test
    void refusesAFolderThatAnotherDaemonUses() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        try (var first = PackagedRelay.run(relay.config())) {
            var ended = Ended.of(PackagedRelay.command("run", "--config", relay.config().toString()));
            assertThat(ended.exitCode()).isEqualTo(73);
            assertThat(ended.err()).contains("in use by another facteur");
            assertThat(first.stop()).isEqualTo(143);
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        var first = new RelayFolder(folder.resolve("first")).office("dupont", RelayFolder.DUPONT).capturing();
        try (var running = PackagedRelay.run(first.config())) {
            var second = new RelayFolder(folder.resolve("second"))
                    .office("dupont", RelayFolder.DUPONT)
                    .configuredWith("listeners", "[{ address: \"127.0.0.1:" + running.port() + "\" }]", "");
            var ended = Ended.of(PackagedRelay.command("run", "--config", second.config().toString()));
            assertThat(ended.exitCode()).isEqualTo(69);
            assertThat(ended.err()).contains("can't listen on").contains(Integer.toString(running.port()));
        }
    }

    @Test
    void explainsEachRowItConsidered() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        var question = List.of("explain", "--config", relay.config().toString(), "--context", "invoice", "--relation", "R-1042", "--sender",
                "jan@dupont.example");
        var ended = Ended.of(PackagedRelay.command(question.toArray(String[]::new)));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out().lines())
                .anyMatch(line -> line.matches("office    dupont, by files \\S+offices, version [0-9a-f]{12}, \\d s old"))
                .anyMatch(line -> line.matches("From      Cabinet Dupont SRL <office@dupont.example>"))
                .anyMatch(line -> line.matches(" +no +from.shared +The office has no From address.*"))
                .anyMatch(line -> line.matches(" +yes +from.office +The office's own address.*"))
                .anyMatch(line -> line.matches("Reply-To  An Peeters <an@dupont.example>"))
                .anyMatch(line -> line.matches(" +no +context.sender +The context sends replies to the employee.*"))
                .anyMatch(line -> line.matches(" +yes +context.role +The context sends replies to a role.*"))
                .contains("leaves    by the only route")
                .anyMatch(line -> line.matches(" +1 +capture: captured in \\S+captured, not relayed"))
                .contains("signed    not: there is no key for dupont.example");
        var json = Command.execute("", Stream.concat(question.stream(), Stream.of("--json")).toArray(String[]::new));
        assertThat(json.out()).containsSubsequence(
                "\"office\": \"dupont\"", "\"context\": \"invoice\"", "\"relation\": \"R-1042\"", "\"sender\": \"jan@dupont.example\"",
                "\"fromRule\": \"from.office\"", "\"replyToRule\": \"context.role\"", "\"considered\": [", "\"fits\": false",
                "\"settingsAge\": 0", "\"warnings\": []");
    }

    @Test
    void makesTheHashOfAPassword() throws Exception {
        var ended = Ended.of(PackagedRelay.command("password"), "s\u00e9same\r\n");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).matches("pbkdf2-sha512\\$210000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{86}\\R");
        assertThat(ended.err()).isEmpty();
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("apps", "[{ name: suite, login: suite, password: \"${file:suite.hash}\", offices: dupont }]", "");
        Files.writeString(folder.resolve("suite.hash"), ended.out());
        assertThat(Command.run(relay.config(), "check").err()).isEmpty();
        Files.writeString(folder.resolve("suite.hash"), "s\u00e9same\n");
        assertThat(Command.run(relay.config(), "check").err())
                .contains("apps[0].password: not a hash of a password; `facteur password` makes one")
                .doesNotContain("same\n");
    }

    @Test
    void makesNoHashOfNothing() throws Exception {
        for (var input : new String[] {"", "\n", "\r\n", "a\0b\n", "x".repeat(5_000)}) {
            var ended = Command.execute(input, "password");
            assertThat(ended.exitCode()).isEqualTo(65);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void explainsItselfWhenMisused() throws Exception {
        assertThat(Ended.of(PackagedRelay.command()).exitCode()).isEqualTo(64);
        var ended = Ended.of(PackagedRelay.command("runn"));
        assertThat(ended.exitCode()).isEqualTo(64);
        assertThat(ended.err()).contains("runn").contains("run");
    }

    @Test
    void helps() throws Exception {
        assertThat(Ended.of(PackagedRelay.command("run", "--help")).out()).contains("--config");
        assertThat(Command.execute("", "--help").out()).contains("check").contains("version");
        assertThat(Command.execute("", "check", "--version").out()).startsWith("facteur ");
    }

    /// Those that neither a page of the documents nor another class starts as a program.
    @ParameterizedTest
    @CsvSource({
        "domain list, 0",
        "domain check dupont.example, 65",
        "domain remove dupont.example --office dupont, 65",
        "login unlock 192.0.2.1, 69"
    })
    void startsEachVerb(String verb, int exitCode) throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        relay.start(new RecordingJournal()).close();
        var words = Stream.concat(Stream.of(verb.split(" ")), Stream.of("--config", relay.config().toString()));
        var ended = Ended.of(PackagedRelay.command(words.toArray(String[]::new)));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    }
}
