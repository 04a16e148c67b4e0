package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.settings.OfficeFolder;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings import`.
@Command(name = "import", mixinStandardHelpOptions = true,
        description = "Reads offices from a folder, as settings.source: files does, into the database, which is made if there is none. "
                + "With a problem in any file nothing is changed. Offices and cards that are as the files have them get no new version; "
                + "offices that the folder lacks stay.")
final class SettingsImport implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of("");

    @Option(names = "--office", paramLabel = "ID", description = "Only this office.")
    private @Nullable String office;

    @Option(names = "--dry-run", description = "Changes nothing; only prints what would change.")
    private boolean isDryRun;

    @Option(names = "--skip", description = "Offices with a problem are left out, and the others imported.")
    private boolean isSkipping;

    @Option(names = "--deleting", paramLabel = "N",
            description = "So many cards of an office may be deleted because its file lacks them. Without it, 20, or a tenth of all if that is more, and never more than half.")
    private int deleting;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the history.")
    private String note = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsImport(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var only = Optional.ofNullable(office).map(text -> SettingsOptions.office(text, spec.commandLine()));
        var installation = options.installation(invocation);
        var config = installation.config();
        // Before the rights of root go: the folder may be root's.
        var content = read(only, config);
        installation.asOwner();
        if (isDryRun && isWithoutDatabase(config)) {
            var plans = content.offices().stream().map(written -> ImportedOffice.intoNothing(written, config.rules().roles())).toList();
            new ImportReport(invocation, options.isJson()).print(plans, content.refused());
            return exitCode(content.refused());
        }
        try (var settings = isDryRun ? installation.openStore(config) : installation.makeStore(config)) {
            return exitCode(run(settings, content));
        } catch (IOException failure) {
            throw CommandException.of(ExitCode.IO, Reason.of(failure));
        }
    }

    private OfficeFolder.Content read(Optional<OfficeId> only, Config config) throws CommandException {
        var problems = new Problems();
        var content = new OfficeFolder(folder, config.sharedAddress(), config.rules().roles(), invocation.time()).read(only, problems, _ -> true);
        if (!problems.isEmpty()) {
            invocation.err().println(problems);
        }
        problems.warnings().forEach(warning -> invocation.err().println("warning: " + warning));
        if (!problems.isEmpty() && !isSkipping) {
            throw nothingImported();
        }
        if (content.offices().isEmpty() && content.refused().isEmpty()) {
            throw CommandException.of(
                    ExitCode.NO_INPUT, only.map(id -> "there is no " + id + ".yaml in " + folder).orElse("there is no office in " + folder));
        }
        return content;
    }

    private static CommandException nothingImported() {
        return CommandException.of(ExitCode.DATA, "nothing was imported; with --skip, offices without a problem are");
    }

    /// A dry run makes none.
    private static boolean isWithoutDatabase(Config config) {
        return config.spool().database() instanceof DatabaseSettings.InState(var state) && Files.notExists(state.resolve("facteur.db"));
    }

    /// @return the offices that were left out
    private SequencedSet<OfficeId> run(OpenStore settings, OfficeFolder.Content content) throws CommandException, SQLException, IOException {
        var importing = new OfficeImport(settings, settings.author(note), deleting);
        var refused = content.refused();
        var plans = new ArrayList<ImportedOffice>();
        for (var plan : importing.plan(content.offices())) {
            var objection = importing.objection(plan);
            objection.ifPresent(why -> {
                invocation.err().println(why);
                refused.add(plan.id());
            });
            if (objection.isEmpty()) {
                plans.add(plan);
            }
        }
        var report = new ImportReport(invocation, options.isJson());
        if (isDryRun) {
            report.print(plans, refused);
            return refused;
        }
        if (!refused.isEmpty() && !isSkipping) {
            throw nothingImported();
        }
        var done = new ArrayList<OfficeImport.Outcome.Done>();
        for (var plan : plans) {
            switch (importing.write(plan)) {
                case OfficeImport.Outcome.Done outcome -> done.add(outcome);
                case OfficeImport.Outcome.Refused(_, var why) -> {
                    invocation.err().println(why);
                    refused.add(plan.id());
                }
            }
        }
        report.printDone(done, refused, office == null ? left(settings, content) : List.of());
        settings.warnUnlessInForce();
        return refused;
    }

    /// Those of the database that the folder doesn't have.
    private static List<OfficeId> left(OpenStore settings, OfficeFolder.Content content) throws SQLException {
        var left = new ArrayList<>(settings.offices());
        left.removeAll(content.refused());
        content.offices().forEach(written -> left.remove(written.id()));
        return left;
    }

    private static int exitCode(Set<OfficeId> refused) {
        return (refused.isEmpty() ? ExitCode.OK : ExitCode.DATA).number();
    }
}
