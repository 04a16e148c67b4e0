package facteur.cli;

import facteur.platform.disk.PrivateFolder;
import facteur.store.ChangeResult;
import facteur.store.StoredOffice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings edit`.
@Command(name = "edit", mixinStandardHelpOptions = true,
        description = "Opens the settings of an office in the editor ($VISUAL, $EDITOR, vi), and saves them if they are right. "
                + "What was typed is never lost: it is offered again, or left in a file.")
final class SettingsEdit implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "OFFICE", description = "The id of the office.")
    private String office = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the history.")
    private String note = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsEdit(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var id = SettingsOptions.office(office, spec.commandLine());
        return options.work(invocation, settings -> {
            var stored = settings.office(id);
            try {
                var folder = Files.createTempDirectory("facteur-", PrivateFolder.FOLDER_MODE);
                var file = Files.writeString(folder.resolve(id + ".yaml"), SettingsYaml.of(stored.settings()));
                return edit(settings, stored, folder, file);
            } catch (IOException failure) {
                throw CommandException.of(ExitCode.IO, String.valueOf(failure.getMessage()));
            }
        });
    }

    private ExitCode edit(OpenStore settings, StoredOffice first, Path folder, Path file) throws CommandException, SQLException, IOException {
        var editing = new EditedOffice(settings, folder, settings.author(note), invocation);
        var based = first;
        while (true) {
            try {
                Editor.of(invocation).edit(file);
            } catch (IOException failure) {
                throw CommandException.of(ExitCode.IO, failure.getMessage() + "; " + kept(file));
            }
            var result = save(editing, based, file);
            if (result.isPresent()) {
                Files.delete(file);
                Files.delete(folder);
                ChangeReport.print(based.id(), result.get(), invocation, options.isJson());
                settings.warnUnlessInForce();
                return ExitCode.OK;
            }
            if (!asksAgain()) {
                throw CommandException.of(ExitCode.DATA, "nothing was saved; " + kept(file));
            }
            // What others have saved meanwhile has been shown.
            based = settings.store().settings().office(based.id()).orElse(based);
        }
    }

    /// @return empty when it must be edited again; then why has been said
    private Optional<ChangeResult> save(EditedOffice editing, StoredOffice based, Path file) throws SQLException {
        try {
            return editing.save(based);
        } catch (SQLException failure) {
            invocation.err().println("facteur: " + kept(file));
            throw failure;
        }
    }

    private static String kept(Path file) {
        return "what you typed is in " + file;
    }

    /// Without an answer, as from a script, it is not.
    private boolean asksAgain() throws IOException {
        invocation.err().print("Edit again? (y/n) ");
        invocation.err().flush();
        return SecretPrompt.line(invocation.in()).strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
