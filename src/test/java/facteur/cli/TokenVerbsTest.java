package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.RelayFolder;
import facteur.spool.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facteur token`, where no daemon has been yet.
final class TokenVerbsTest {
    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void open() throws Exception {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
    }

    private Ended run(String words) {
        return Command.run(relay.config(), words.split(" "));
    }

    private String add(String words) {
        var ended = run("token add " + words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).matches("fct_[0-9a-z]{10}_[A-Za-z0-9_-]{43}\n");
        return ended.out().strip();
    }

    private static String id(String token) {
        return token.substring(4, 14);
    }

    private static String secret(String token) {
        return token.substring(15);
    }

    @Test
    void aTokenIsTheOnlyLineOfStandardOutput() {
        var day = LocalDate.now(ZoneOffset.UTC).plusMonths(7);
        var ended = run("token add suite --office dupont --scope settings:read,cards:write --until " + day);
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).matches("fct_\\S+\n");
        assertThat(ended.err()).isEqualTo("token suite (" + id(ended.out()) + ") for office dupont: settings:read,cards:write; "
                + "until " + day + "T00:00:00Z. It can't be shown again\n");
    }

    @Test
    void listsTokensAndRevokesThem() {
        var first = add("suite --office * --scope settings:read --scope log:read");
        var second = add("other --office dupont --scope cards:write");
        assertThat(run("token list").out())
                .containsPattern("(?m)^" + id(first) + "  suite +\\*  +20\\d\\d-\\S+  never +settings:read,log:read$")
                .containsPattern("(?m)^" + id(second) + "  other +dupont ")
                .doesNotContain(secret(first), secret(second));
        assertThat(run("token list --json").out()).containsSubsequence(
                "\"tokens\": [", "\"id\": \"" + id(second), "\"name\": \"other\"", "\"office\": \"dupont\"", "\"cards:write\"", "\"ended\": false");
        assertThat(run("token revoke suite")).isEqualTo(new Ended(0, "suite  " + id(first) + "  revoked\n", ""));
        assertThat(run("token revoke suite")).isEqualTo(new Ended(65, "", "facteur: no such token: suite\n"));
        assertThat(run("token revoke " + second)).isEqualTo(new Ended(0, "other  " + id(second) + "  revoked\n", ""));
        assertThat(run("token list").out().lines()).hasSize(1);
        assertThat(run("token list --all").out().lines()).hasSize(3).anyMatch(line -> line.contains("suite") && line.contains("revoked"));
    }

    @Test
    void recordsWhoMadeAndRevokedATokenAndNeverTheToken() {
        var token = add("suite --office dupont --scope settings:read");
        assertThat(run("token revoke " + token).exitCode()).isZero();
        assertThat(run("token revoke fct_" + id(token) + "_half").err()).doesNotContain("half");
        assertThat(run("log --acts").out())
                .contains("token add suite --office dupont --scope settings:read", "  token revoke " + id(token))
                .doesNotContain(secret(token));
        assertThat(run("token list --all --json").out()).contains("\"madeBy\": \"uid=").contains("\"revokedBy\": \"uid=");
    }

    @Test
    void aNameIsGivenOnce() {
        var token = add("suite --office dupont --scope settings:read");
        assertThat(run("token add suite --office dupont --scope settings:read")).isEqualTo(new Ended(
                65, "", "facteur: there is a token suite already; choose another name, or revoke that one: " + id(token) + "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            suite --office dupont                                           | Missing required option: '--scope=SCOPE'
            suite --scope settings:read                                     | Missing required option: '--office=ID'
            --office dupont --scope settings:read                           | Missing required parameter: 'NAME'
            suite --office x! --scope settings:read                         | not a valid office id: x!
            s!ite --office dupont --scope settings:read                     | a name is made of
            suite --office dupont --scope setings:read                      | 'setings:read' is not one of
            suite --office dupont --scope sessions:create                   | a token with sessions:create needs --suite
            suite --office dupont --scope settings:read --suite suite       | a suite is for the scope sessions:create
            suite --office dupont --scope sessions:create --suite the!suite | a name is made of
            suite --office dupont --scope settings:read --until 30/11/2027  | Invalid value for option '--until': '30/11/2027' is not a date
            suite --office dupont --scope settings:read --until 2020-01-01  | a token can't end in the past: 2020-01-01T00:00:00Z
            suite --office dupont --scope settings:read --until 2099-01-01  | a token ends within three years
            """)
    void saysWhatIsWrongWithACommandLine(String words, String message) {
        var ended = run("token add " + words);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(64);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith(message);
    }

    @Test
    void launchesAreForASuiteOfTheConfiguration() throws Exception {
        relay.configured("console: { suites: [{ name: suite, offices: '*' }] }\n");
        var ended = run("token add launcher --office * --scope sessions:create --suite suite");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains(": sessions:create, for the suite suite; until ").doesNotContain("facteur: ");
        assertThat(run("token add other --office dupont --scope sessions:create,cards:read --suite suit").err())
                .contains("facteur: console.suites has no suit yet: until it has, it launches nobody; did you mean 'suite'?");
        assertThat(run("token list --json").out()).contains("\"suite\": \"suite\"", "\"suite\": \"suit\"");
        assertThat(run("log --acts").out()).contains("token add launcher --office * --scope sessions:create --suite suite");
    }

    @Test
    void makesTheDatabaseWhereThereIsNone() {
        assertThat(relay.state()).doesNotExist();
        assertThat(run("token list").exitCode()).isEqualTo(73);
        assertThat(relay.state()).doesNotExist();
        var _ = add("suite --office dupont --scope settings:read");
        assertThat(relay.state().resolve("facteur.db")).isNotEmptyFile();
        assertThat(run("queue list").out()).contains("the queue is empty");
    }

    @Test
    void bringsAnOlderDatabaseUpToDate() throws Exception {
        Files.createDirectories(relay.state());
        Files.copy(Path.of("src/test/resources/spool/v9/facteur.db"), relay.state().resolve("facteur.db"));
        assertThat(run("token list").err()).contains("is of another version of facteur");
        var _ = add("suite --office dupont --scope settings:read");
        assertThat(run("token list").out()).contains("suite");
    }

    @Test
    void leavesTheDatabaseOfAnotherVersionToItsDaemon() throws Exception {
        Files.createDirectories(relay.state());
        Files.copy(Path.of("src/test/resources/spool/v9/facteur.db"), relay.state().resolve("facteur.db"));
        try (var _ = StateFolder.open(relay.state())) {
            var ended = run("token add suite --office dupont --scope settings:read");
            assertThat(ended.exitCode()).isEqualTo(73);
            assertThat(ended.err()).contains("is of another version of facteur", "is in use by another facteur");
        }
    }

    @Test
    void aBackupHoldsNothingThatLetsAnyoneIn() throws Exception {
        var token = add("suite --office dupont --scope settings:read");
        var file = folder.resolve("backup.zip");
        assertThat(run("backup " + file).exitCode()).isZero();
        var isThere = false;
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var text = new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1);
                isThere |= text.contains(id(token));
                assertThat(text).as(entry.getName()).doesNotContain(secret(token));
            }
        }
        assertThat(isThere).isTrue();

        assertThat(run("token revoke suite").exitCode()).isZero();
        assertThat(run("restore --force " + file).out())
                .contains("Tokens of the API that were revoked since the backup are good again: facteur token list, facteur token revoke\n");
        assertThat(run("token list").out()).contains("suite");
    }
}
