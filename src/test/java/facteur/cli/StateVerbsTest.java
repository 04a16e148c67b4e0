package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur backup`, `restore` and `forget`.
final class StateVerbsTest {
    @TempDir
    private Path folder;

    private StoppedRelay relay;

    @BeforeEach
    void open() throws Exception {
        relay = StoppedRelay.in(folder);
        var _ = relay.deferred("an@client.example");
    }

    @Test
    void backsUpAndRestores() {
        var file = folder.resolve("backup.zip");
        var made = relay.run("backup " + file);
        assertThat(made).isEqualTo(new Ended(
                0,
                file + ": letters in the queue: 1, with a body in a file: 0; history, store, keys and tokens; the configuration is not included\n",
                ""));
        assertThat(relay.run("backup " + file)).isEqualTo(new Ended(73, "", "facteur: " + file + " is there already; use --force to replace it\n"));
        assertThat(relay.run("backup --force " + file).exitCode()).isZero();

        assertThat(relay.run("restore " + file).exitCode()).isEqualTo(73);
        var restored = relay.run("restore --force --hold " + file);
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("the previous state is in ", "letters in the queue: 1, as of ", "They are on hold: ");
        assertThat(relay.run("queue list").out()).contains("in the queue: 1 hold");
        assertThat(relay.run("log --acts").out()).contains("  restore --force --hold ");
    }

    @Test
    void warnsThatLettersMayBeSentAgain() {
        var file = folder.resolve("backup.zip");
        var _ = relay.run("backup " + file);
        assertThat(relay.run("restore --force " + file).out())
                .contains("Letters relayed since the backup will be sent again; use --hold to review the queue first\n");
        assertThat(relay.run("restore --force " + relay.folder().config()).exitCode()).isEqualTo(65);
    }

    /// Settings, cards, their history and tokens are as they were.
    @Test
    void restoresWhatOfficesHad() throws Exception {
        var files = Files.createDirectories(folder.resolve("in"));
        imports(files, "Jan <jan@dupont.example>", "An <an@dupont.example>");
        imports(files, "office@dupont.example", "bo@dupont.example");
        assertThat(relay.run("token add suite --office dupont --scope settings:read").exitCode()).isZero();
        var before = had("before");
        var file = folder.resolve("backup.zip");
        assertThat(relay.run("backup " + file).exitCode()).isZero();

        imports(files, "other@dupont.example", "zoe@dupont.example");
        assertThat(relay.run("token revoke suite").exitCode()).isZero();
        assertThat(had("between")).isNotEqualTo(before);
        var restored = relay.run("restore --force --hold " + file);
        assertThat(restored.out()).contains("Tokens of the API that were revoked since the backup are good again: ");
        assertThat(had("after")).isEqualTo(before);
        assertThat(relay.run("settings restore dupont 1").out()).isEqualTo("dupont  changed, version 5\n");
    }

    private String had(String name) throws Exception {
        var out = folder.resolve(name);
        assertThat(relay.run("settings export " + out).exitCode()).isZero();
        return Files.readString(out.resolve("dupont.yaml")) + Files.readString(out.resolve("dupont.relations.csv"))
                + relay.run("settings history dupont").out() + relay.run("token list").out();
    }

    @Test
    void forgetsAPerson() {
        var waiting = relay.run("forget --address an@client.example");
        assertThat(waiting.exitCode()).isEqualTo(75);
        assertThat(waiting.out()).contains("not touched: 1 letter in the queue: ", "0 letters in the message log: the person is removed\n");
        assertThat(relay.run("log --acts").out()).contains("  forget --address ").doesNotContain("an@client.example");

        var _ = relay.run("queue remove --all");
        var lookedFor = relay.run("forget --dry-run --address an@client.example");
        assertThat(lookedFor.out()).startsWith("nothing was changed\n1 letter in the message log\n");
        var forgotten = relay.run("forget --address an@client.example");
        assertThat(forgotten.exitCode()).isZero();
        assertThat(forgotten.out()).contains("1 letter in the message log: the person is removed\n", "not touched: backups, ");
        assertThat(relay.run("log an@client.example").out()).isEmpty();
    }

    /// Jan was the company, and An's partner is Jan.
    @Test
    void erasesAPersonFromTheHistoryOnlyWhenAsked() throws Exception {
        var files = Files.createDirectories(folder.resolve("in"));
        var _ = relay.run("queue remove --all");
        imports(files, "Jan <jan@dupont.example>", "jan@dupont.example");
        var inForce = relay.run("forget --erase --address jan@dupont.example");
        assertThat(inForce.exitCode()).as(inForce.err()).isEqualTo(75);
        assertThat(inForce.out()).contains(
                "not touched: the settings of office dupont name the person: change them with facteur settings edit dupont, then run this again\n",
                "not touched: 1 card of office dupont: put another person there with POST /api/v1/offices/dupont/people/replace, or ")
                .doesNotContain("history");
        assertThat(relay.run("settings show dupont").out()).contains("jan@dupont.example");

        imports(files, "office@dupont.example", "an@dupont.example");
        var kept = relay.run("forget --address jan@dupont.example");
        assertThat(kept.exitCode()).isZero();
        assertThat(kept.out()).contains(
                "not touched: 4 changes in the history of office dupont: kept as long as settings.store.keep says; --erase removes the person from the history\n");
        assertThat(relay.run("forget --dry-run --erase --address jan@dupont.example").out())
                .contains("\n4 changes in the history of office dupont\n");
        assertThat(relay.run("settings diff dupont 1 3").out()).contains("jan@dupont.example");

        var erased = relay.run("forget --erase --address jan@dupont.example");
        assertThat(erased.exitCode()).isZero();
        assertThat(erased.out())
                .contains("4 changes in the history of office dupont: the person is removed, and what held the address can't be restored\n");
        assertThat(relay.run("settings diff dupont 1 3").out()).contains("forgotten@forgotten.invalid").doesNotContainIgnoringCase("jan");
        assertThat(relay.run("settings restore dupont 1")).isEqualTo(new Ended(
                65,
                "",
                "facteur: dupont: a person was erased from version 1, so what it held can't be brought back: change the present settings or cards\n"));
        assertThat(relay.run("log --acts").out()).containsPattern("  forget --address [0-9a-f]{12} --erase").doesNotContain("jan@");
        assertThat(Files.readString(relay.state().resolve("facteur.db"), StandardCharsets.ISO_8859_1)).doesNotContainIgnoringCase("jan@dupont");
    }

    private void imports(Path files, String company, String partner) throws Exception {
        Files.writeString(files.resolve("dupont.yaml"), "company: " + company + "\n");
        Files.writeString(files.resolve("dupont.relations.csv"), "relation,partner\nR-1," + partner + "\n");
        assertThat(relay.run("settings import " + files).exitCode()).isZero();
    }

    @Test
    void forgetsNothingButAddresses() {
        var ended = relay.run("forget --address nobody");
        assertThat(ended.exitCode()).isEqualTo(64);
        assertThat(ended.err()).startsWith("not an address: nobody\n");
    }

    @Test
    void forgetsNothingWhereThereIsNoState() throws Exception {
        var moved = folder.resolve("moved");
        Files.move(relay.state(), moved);
        assertThat(relay.run("forget --address an@client.example").exitCode()).isEqualTo(73);
        assertThat(relay.state()).doesNotExist();
        Files.move(moved, relay.state());
        assertThat(relay.run("forget --address an@client.example").exitCode()).isEqualTo(75);
    }
}
