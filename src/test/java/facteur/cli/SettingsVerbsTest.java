package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur settings`, on a database that the first import makes.
final class SettingsVerbsTest {
    private static final String DUPONT = """
            company: Cabinet Dupont <office@dupont.example>
            reply-to: company
            contexts:
              invoice:
                reply-to: responsible
                replies: direct
            replies: late
            returns:
              tell: none
              language: fr
            """;
    private static final String CSV = """
            relation,name,collaborator,substitute,responsible,partner
            R-1,"Peeters, bakkers",Jan <jan@dupont.example>,,"An <an@dupont.example>, bo@dupont.example",
            R-2,,,,,zoe@dupont.example
            """;
    private static final String WARNING =
            "warning: settings.source is files: letters are not decided by the settings in the database until it is store\n";

    @TempDir
    private Path folder;

    private RelayFolder relay;
    private Path files;

    @BeforeEach
    void open() throws IOException {
        relay = new RelayFolder(folder).office("other", "company: office@other.example\n").capturing();
        files = Files.createDirectories(folder.resolve("in"));
        Files.writeString(files.resolve("dupont.yaml"), DUPONT);
        Files.writeString(files.resolve("dupont.relations.csv"), CSV);
    }

    private Ended settings(String words) {
        return Command.run(relay.config(), ("settings " + words).split(" "));
    }

    private Ended imported() {
        prepareDatabase();
        return settings("import " + files + " --note first");
    }

    /// As a relay has made it.
    private void prepareDatabase() {
        try {
            MigratedDatabase.open(Files.createDirectories(relay.state())).close();
        } catch (IOException | SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private Ended edit(String editor, String input) {
        return Command.execute(
                Map.of("VISUAL", "", "EDITOR", editor), input, "settings", "edit", "dupont", "--note", "by hand", "--config",
                relay.config().toString());
    }

    @Test
    void importsIntoADatabaseThatItMakes() {
        assertThat(settings("import " + files + " --note first")).isEqualTo(new Ended(
                0, "dupont  settings: new; cards: 2 new, 0 changed, 0 deleted, 0 unchanged, version 2\n", WARNING));
        assertThat(settings("list").out().lines()).hasSize(2).anyMatch(line -> line.matches("dupont +1 +2  people .* in use"));
        assertThat(settings("show dupont").out()).isEqualTo(DUPONT);
        assertThat(settings("history dupont").out().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches(" +2 .* 2 cards +command +" + System.getProperty("user.name") + " +first"))
                .anyMatch(line -> line.matches(" +1 .* settings +command .* first"));
    }

    @Test
    void saidTwiceAnImportMakesNoVersion() {
        imported();
        assertThat(imported().out()).isEqualTo("dupont  settings: unchanged; cards: 0 new, 0 changed, 0 deleted, 2 unchanged, version 2\n");
    }

    @Test
    void exportsTheBytesThatItImports() throws IOException {
        imported();
        var out = folder.resolve("out");
        assertThat(settings("export " + out)).isEqualTo(new Ended(0, "dupont  version 2, cards: 2\n", ""));
        assertThat(Files.readString(out.resolve("dupont.yaml"))).isEqualTo(DUPONT);
        assertThat(Files.readString(out.resolve("dupont.relations.csv"))).isEqualTo(CSV);
        try (var written = Files.list(out)) {
            assertThat(written).hasSize(2);
        }
        assertThat(settings("import " + out).out()).contains("settings: unchanged");
        assertThat(settings("export " + out).exitCode()).isZero();
        assertThat(Files.readString(out.resolve("dupont.relations.csv"))).isEqualTo(CSV);
    }

    @Test
    void exportsCardsForASpreadsheet() throws IOException {
        Files.writeString(files.resolve("dupont.relations.csv"), "relation,name,partner\nR-1,=1+1,zoe@dupont.example\n");
        imported();
        settings("export " + folder.resolve("out") + " --office dupont --spreadsheet");
        assertThat(Files.readString(folder.resolve("out/dupont.spreadsheet.csv"))).contains("R-1,'=1+1,");
        assertThat(folder.resolve("out/dupont.yaml")).doesNotExist();
    }

    @Test
    void aDryRunPrintsWhatWouldChange() throws IOException {
        assertThat(settings("import " + files + " --dry-run").out()).isEqualTo("""
                nothing was changed
                dupont  settings: new; cards: 2 new, 0 changed, 0 deleted, 0 unchanged
                  + company: Cabinet Dupont <office@dupont.example>
                  + reply-to: company
                  + contexts.invoice.reply-to: responsible
                  + contexts.invoice.replies: direct
                  + replies: late
                  + returns.tell: none
                  + returns.language: fr
                """);
        assertThat(relay.state().resolve("facteur.db")).doesNotExist();
        imported();
        Files.writeString(files.resolve("dupont.yaml"), DUPONT.replace("reply-to: company", "users: [jan@dupont.example]"));
        Files.writeString(files.resolve("dupont.relations.csv"), CSV.replace("zoe", "eve") + "R-3,,,,,zoe@dupont.example\n");
        assertThat(settings("import " + files + " --dry-run").out()).isEqualTo("""
                nothing was changed
                dupont  settings: changed; cards: 1 new, 1 changed, 0 deleted, 1 unchanged
                  - reply-to: company
                  + users: jan@dupont.example
                """);
        assertThat(settings("import " + files + " --dry-run --json").out())
                .contains("\"dryRun\": true", "\"op\": \"add\"", "\"path\": \"/users\"", "\"created\": 1");
        assertThat(settings("history dupont").out().lines()).hasSize(3);
    }

    @Test
    void importsNothingWithAProblemInOneOffice() throws IOException {
        Files.writeString(files.resolve("durand.yaml"), "company: office@durand.example\nreply_to: sender\nusers: [nobody]\n");
        var ended = settings("import " + files);
        assertThat(ended.exitCode()).isEqualTo(65);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(
                "durand.yaml:2: reply_to: unknown key; did you mean 'reply-to'?", "durand.yaml:3: users[0]: not a mailbox", "nothing was imported");
        assertThat(relay.state().resolve("facteur.db")).doesNotExist();
        var skipping = settings("import " + files + " --skip");
        assertThat(skipping.exitCode()).isEqualTo(65);
        assertThat(skipping.out()).startsWith("dupont  settings: new");
        assertThat(skipping.err()).contains("facteur: durand is left out\n");
        assertThat(settings("list").out()).doesNotContain("durand");
    }

    @Test
    void asksBeforeManyCardsGo() throws IOException {
        imported();
        Files.writeString(files.resolve("dupont.relations.csv"), CSV.lines().limit(1).toList().getFirst() + "\n");
        var refused = imported();
        assertThat(refused.exitCode()).isEqualTo(65);
        assertThat(refused.err()).contains("the files lack 2 of 2 cards, which would be deleted; if that is meant, add --deleting 2");
        assertThat(settings("import " + files + " --deleting 2").out()).contains("2 deleted");
        Files.delete(files.resolve("dupont.relations.csv"));
        Files.writeString(files.resolve("dupont.relations.csv"), CSV);
        imported();
        Files.delete(files.resolve("dupont.relations.csv"));
        // Files that say nothing of cards leave them alone.
        assertThat(imported().out()).isEqualTo("dupont  settings: unchanged, version 4\n");
    }

    @Test
    void leavesOfficesThatTheFolderLacks() throws IOException {
        imported();
        Files.delete(files.resolve("dupont.relations.csv"));
        Files.move(files.resolve("dupont.yaml"), files.resolve("durand.yaml"));
        assertThat(imported().out()).endsWith("dupont  not in the folder: left as it is\n");
        assertThat(settings("import " + files + " --office dupont").err()).contains("there is no dupont.yaml in " + files);
        assertThat(settings("import " + folder.resolve("none")).err()).contains("no such file");
        assertThat(settings("export " + files + " --office dupont").exitCode()).isZero();
        assertThat(settings("export " + folder.resolve("x") + " --office leroy").exitCode()).isEqualTo(65);
    }

    @Test
    void showsDiffersAndRestores() throws IOException {
        imported();
        Files.writeString(files.resolve("dupont.yaml"), DUPONT.replace("company\n", "sender\n"));
        imported();
        assertThat(settings("diff dupont 1 3")).isEqualTo(new Ended(0, "- reply-to: company\n+ reply-to: sender\n", ""));
        assertThat(settings("diff dupont 2 3 --json").out()).contains("\"op\": \"replace\"", "\"path\": \"/reply-to\"", "\"value\": \"sender\"");
        assertThat(settings("diff dupont 1 9").err()).contains("no version 9 of dupont is kept");
        assertThat(settings("restore dupont 1 --note back")).isEqualTo(new Ended(0, "dupont  changed, version 4\n", WARNING));
        assertThat(settings("show dupont").out()).isEqualTo(DUPONT);
        assertThat(settings("restore dupont 1").out()).isEqualTo("dupont  unchanged, version 4\n");
        assertThat(settings("restore dupont 2").exitCode()).isEqualTo(65);
        assertThat(settings("history dupont --limit 1").out()).contains("takes back 3; back");
        assertThat(settings("history dupont --json").out()).contains("\"number\": 4", "\"undoes\": 3", "\"via\": \"command\"");
        assertThat(settings("show dupont --json").out()).contains("\"version\": 4", "\"reply-to\": \"company\"");
        assertThat(settings("list --json").out()).contains("\"id\": \"dupont\"", "\"cards\": 2");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThat(settings("list").exitCode()).isEqualTo(73);
        imported();
        for (var words : new String[] {"show leroy", "history leroy", "edit leroy", "restore leroy 1", "diff leroy 1 2"}) {
            assertThat(settings(words).exitCode()).as(words).isEqualTo(65);
        }
        assertThat(settings("show A").exitCode()).isEqualTo(64);
        assertThat(settings("").exitCode()).isEqualTo(64);
    }

    @Test
    void edits() {
        imported();
        var ended = edit("sed -i 's/reply-to: company/reply-to: sender/'", "");
        assertThat(ended).isEqualTo(new Ended(0, "dupont  changed, version 3\n", WARNING));
        assertThat(settings("show dupont").out()).contains("reply-to: sender");
        assertThat(edit("true", "").out()).isEqualTo("dupont  unchanged, version 3\n");
    }

    @Test
    void offersTheFileAgainUntilItIsRight() {
        imported();
        // Wrong at first, right at the second try.
        var editor =
                "sh -c 'grep -q replyto \"$1\" && sed -i s/replyto/reply-to/ \"$1\" || sed -i \"s/reply-to: company/replyto: sender/\" \"$1\"' x";
        var ended = edit(editor, "y\n");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("dupont.yaml:2: replyto: unknown key; did you mean 'reply-to'?", "Edit again? (y/n) ");
        assertThat(settings("show dupont").out()).contains("reply-to: sender");
    }

    @Test
    void losesNothingThatWasTyped() throws IOException {
        imported();
        var ended = edit("sed -i 's/reply-to: company/replyto: sender/'", "n\n");
        assertThat(ended.exitCode()).isEqualTo(65);
        var file = kept(ended);
        assertThat(Files.readString(file)).contains("replyto: sender");
        clear(file);
        var failed = edit("sh -c 'echo typed > \"$1\"; exit 3' x", "");
        assertThat(failed.exitCode()).isEqualTo(74);
        assertThat(failed.err()).contains("has ended with 3");
        assertThat(Files.readString(kept(failed))).isEqualTo("typed\n");
        clear(kept(failed));
        assertThat(settings("show dupont").out()).isEqualTo(DUPONT);
    }

    @Test
    void seesThatAnotherSavedMeanwhile() throws IOException {
        imported();
        // Saves behind the user's back, once.
        var other = folder.resolve("other");
        Files.createDirectories(other);
        Files.writeString(other.resolve("dupont.yaml"), DUPONT.replace("company\n", "partner\n"));
        var saving = Thread.ofVirtual().start(() -> {
            while (!Files.exists(folder.resolve("edited"))) {
                Thread.onSpinWait();
            }
            settings("import " + other);
            try {
                Files.writeString(folder.resolve("saved"), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var editor = Files.writeString(folder.resolve("edit.sh"), """
                sed -i 's/reply-to: company/reply-to: sender/' "$1"
                touch %1$s/edited
                while ! [ -e %1$s/saved ]; do sleep 0.01; done
                """.formatted(folder));
        var ended = edit("sh " + editor, "y\n");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("was changed meanwhile: version 3, by", "  - reply-to: company", "  + reply-to: partner", "Edit again?");
        assertThat(settings("show dupont").out()).contains("reply-to: sender");
        assertThat(saving.isAlive()).isFalse();
    }

    @Test
    void refusesCardsInTheEditor() throws IOException {
        imported();
        var ended = edit("sh -c 'echo \"relations: { R-9: { partner: a@dupont.example } }\" >> \"$1\"' x", "n\n");
        assertThat(ended.err()).contains("relations: the cards of clients are not changed here");
        clear(kept(ended));
    }

    private static Path kept(Ended ended) {
        return Stream.of(ended.err().split("\\s+")).filter(word -> word.endsWith("/dupont.yaml")).map(Path::of).reduce((_, last) -> last)
                .orElseThrow();
    }

    private static void clear(Path file) throws IOException {
        Files.delete(file);
        Files.delete(file.resolveSibling(""));
    }
}
