package facteur.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings restore`.
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Writes the settings of an older version as a new one. Cards stay as they are.")
final class SettingsRestore implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(index = "0", paramLabel = "OFFICE", description = "The id of the office.")
    private String office = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version to restore, as history lists it.")
    private long version;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the history.")
    private String note = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsRestore(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var id = SettingsOptions.office(office, spec.commandLine());
        return options.work(invocation, settings -> {
            var history = settings.store().history();
            if (history.version(id, version).isEmpty()) {
                throw OpenStore.noVersion(id, version);
            }
            ChangeReport.print(id, history.restore(id, version, settings.author(note)), invocation, options.isJson());
            settings.warnUnlessInForce();
            return ExitCode.OK;
        });
    }
}
