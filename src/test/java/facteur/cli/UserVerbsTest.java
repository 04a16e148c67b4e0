package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.PasswordResult;
import facteur.access.Persons;
import facteur.access.SignInResult;
import facteur.fixture.Command;
import facteur.fixture.CountingDerivation;
import facteur.fixture.Ended;
import facteur.fixture.RelayFolder;
import facteur.login.Derivations;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Database;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facteur user`, where no daemon has been yet.
final class UserVerbsTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final String LINK = "https://mail.example.org/password/[A-Za-z0-9_-]{43}\n";

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void open() {
        relay = folder("url: \"https://mail.example.org\", address: \"127.0.0.1:8026\"");
    }

    private RelayFolder folder(String console) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("console: { " + console + " }\n");
    }

    private Ended run(String words) {
        return Command.run(relay.config(), words.split(" "));
    }

    private String link(String words) {
        var ended = run(words);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).matches(LINK);
        return ended.out().strip();
    }

    /// What the console does with a link.
    private void setPassword(String link, PasswordResult expected) throws Exception {
        try (var database = Database.openBeside(relay.state()); var derivations = new Derivations(new CountingDerivation())) {
            var persons = persons(database, derivations);
            assertThat(persons.setPassword(link.substring(link.lastIndexOf('/') + 1), PASSWORD)).isEqualTo(expected);
            if (expected instanceof PasswordResult.Set(var login)) {
                assertThat(persons.signIn(login, PASSWORD, InetAddress.getLoopbackAddress())).isInstanceOf(SignInResult.Good.class);
            }
        }
    }

    private static Persons persons(Database database, Derivations derivations) {
        return new Persons(database, derivations, InstantSource.system(), SteadyTime.of(InstantSource.system()), new SecureRandom());
    }

    @Test
    void aLinkIsTheOnlyLineOfStandardOutputAndSetsAPassword() throws Exception {
        var ended = run("user add Jan@dupont.example --office dupont --office durand --reader");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).matches(LINK);
        assertThat(ended.err()).matches("jan@dupont.example: dupont:reader,durand:reader. The link sets the first password, once, until 20\\S+Z\n");
        setPassword(ended.out().strip(), new PasswordResult.Set("jan@dupont.example"));
        setPassword(ended.out().strip(), new PasswordResult.NoTicket());
    }

    @Test
    void listsPersons() throws Exception {
        var _ = link("user add piet --viewer");
        setPassword(link("user add jan@dupont.example --office dupont"), new PasswordResult.Set("jan@dupont.example"));
        assertThat(run("user list").out())
                .containsPattern("(?m)^jan@dupont.example +dupont:admin +set +no +never$")
                .containsPattern("(?m)^piet +viewer +none yet +no +never$");
        assertThat(run("user list --json").out()).containsSubsequence(
                "\"users\": [", "\"name\": \"jan@dupont.example\"", "\"mail\": \"jan@dupont.example\"", "\"dupont:admin\"", "\"hasPassword\": true",
                "\"madeBy\": \"uid=", "\"name\": \"piet\"", "\"disabledAt\": \"\"");
        assertThat(run("user roles piet --operator")).isEqualTo(new Ended(0, "piet  operator\n", ""));
        assertThat(run("user list").out()).containsPattern("(?m)^piet +operator +none yet");
    }

    @Test
    void aDisabledPersonComesBackWhenEnabled() throws Exception {
        var link = link("user add jan --operator");
        assertThat(run("user disable JAN")).isEqualTo(new Ended(0, "jan  disabled\n", ""));
        assertThat(run("user disable jan").exitCode()).isZero();
        assertThat(run("user list").out()).containsPattern("(?m)^jan +operator +disabled");
        setPassword(link, new PasswordResult.NoTicket());
        assertThat(run("user reset jan")).isEqualTo(new Ended(65, "", "facteur: jan is disabled: facteur user enable jan comes first\n"));
        assertThat(run("user add jan --viewer")).isEqualTo(
                new Ended(65, "", "facteur: there is a person jan already, who is disabled: facteur user enable jan\n"));
        assertThat(run("user enable jan")).isEqualTo(new Ended(0, "jan  enabled\n", ""));
        setPassword(link("user reset jan"), new PasswordResult.Set("jan"));
        assertThat(run("log --acts").out()).contains("user add jan --operator", "  user disable JAN", "  user enable jan", "  user reset jan");
    }

    @Test
    void aResetForgetsTheSecondStepWhenAsked() throws Exception {
        var _ = link("user add jan --operator");
        try (var database = Database.openBeside(relay.state()); var derivations = new Derivations(new CountingDerivation())) {
            var steps = persons(database, derivations).secondSteps();
            assertThat(steps.secret("jan")).isPresent();
            var _ = database.inTransaction(statements -> statements.update("update person set totp_at = 1"));
        }
        assertThat(run("user list").out()).containsPattern("(?m)^jan +operator +none yet +yes");
        var _ = link("user reset jan");
        assertThat(run("user list").out()).containsPattern("(?m)^jan +operator +none yet +yes");
        var _ = link("user reset jan --second-step");
        assertThat(run("user list").out()).containsPattern("(?m)^jan +operator +none yet +no");
    }

    @Test
    void noLinkIsRecorded() {
        var link = link("user add jan --operator");
        var ticket = link.substring(link.lastIndexOf('/') + 1);
        assertThat(run("log --acts --json").out() + run("user list --json").out()).contains("user add jan --operator").doesNotContain(ticket);
    }

    @ParameterizedTest
    @CsvSource({"disable", "enable", "reset", "roles --viewer"})
    void aPersonWhoIsNotThereIsSaidSo(String verb) {
        var _ = link("user add jan --operator");
        assertThat(run("user " + verb + " piet")).isEqualTo(new Ended(65, "", "facteur: no such person: piet; facteur user list shows all\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            add jan                              | Error: Missing required argument (specify one of these): (--operator | --viewer | (--office=ID
            add --operator                       | Missing required parameter: 'NAME'
            add jan --operator --viewer          | Error: --operator, --viewer are mutually exclusive
            add jan --operator --office dupont   | Error: --operator
            add jan --reader                     | Error: Missing required argument(s): --office=ID
            add jan --office D!                  | not a valid office id: D!
            add j!n --operator                   | a login is made of a-z 0-9 . _ @ + -
            add jan --operator --mail jan        | not an address: jan
            """)
    void saysWhatIsWrongWithACommandLine(String words, String message) {
        var ended = run("user " + words);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(64);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith(message);
        assertThat(relay.state()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            address: off                              | the console is off, so that its links would lead nowhere: set console.address
            address: "127.0.0.1:8026", pages: false   | the console is off, so that its links would lead nowhere: set console.address, and console.pages to true
            address: "127.0.0.1:0"                    | the port of console.address is 0: set console.url, so that links lead somewhere
            """)
    void aLinkThatLeadsNowhereIsNotMade(String console, String message) {
        relay = folder(console);
        assertThat(run("user add jan --operator")).isEqualTo(new Ended(78, "", "facteur: " + message + "\n"));
        assertThat(relay.state()).doesNotExist();
    }

    @Test
    void onLoopbackTheUrlIsKnown() {
        relay = folder("address: \"127.0.0.1:8026\"");
        assertThat(run("user add jan --operator").out()).startsWith("http://localhost:8026/password/");
    }

    @Test
    void whoIsForgottenLosesTheAccountOnceItIsDisabled() {
        var _ = link("user add Zoe@dupont.example --office dupont");
        var _ = link("user add zoe --mail zoe@dupont.example --viewer");
        var _ = link("user add piet@dupont.example --operator");
        assertThat(run("user disable zoe").exitCode()).isZero();
        var forgotten = run("forget --address zoe@dupont.example");
        assertThat(forgotten.exitCode()).isEqualTo(75);
        assertThat(forgotten.out()).contains(
                "an account for the console that is disabled: removed\n",
                "not touched: an account for the console: facteur user disable zoe@dupont.example, then run this again\n");
        assertThat(run("user disable zoe@dupont.example").exitCode()).isZero();
        assertThat(run("forget --address zoe@dupont.example --dry-run").out()).contains("an account for the console that is disabled\n");
        assertThat(run("forget --address zoe@dupont.example").exitCode()).isZero();
        assertThat(run("user list --json").out()).contains("piet@dupont.example").doesNotContain("zoe");
        assertThat(run("log --acts").out()).doesNotContain("zoe@dupont.example");
    }

    /// As operators are in need of a password while the configuration is being changed.
    @Test
    void otherPartsOfTheConfigurationMayHaveProblems() throws Exception {
        relay = relay.edited("shared-address: inbox@shared.example", "shared-address: nobody");
        assertThat(run("check").exitCode()).isEqualTo(78);
        var _ = link("user add jan --operator");
        var _ = link("user reset jan");
    }

    @Test
    void makesTheDatabaseWhereThereIsNone() {
        assertThat(run("user list").exitCode()).isEqualTo(73);
        assertThat(relay.state()).doesNotExist();
        var _ = link("user add jan --operator");
        assertThat(relay.state().resolve("facteur.db")).isNotEmptyFile();
    }
}
