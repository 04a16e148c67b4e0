package facteur.cli;

import facteur.platform.json.Json;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings show`.
@Command(name = "show", mixinStandardHelpOptions = true,
        description = "Prints the settings of an office, as its file would have them. The cards of clients are not included: export has them.")
final class SettingsShow implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "OFFICE", description = "The id of the office.")
    private String office = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsShow(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var id = SettingsOptions.office(office, spec.commandLine());
        return options.work(invocation, settings -> {
            var stored = settings.office(id);
            if (options.isJson()) {
                var members = new LinkedHashMap<String, Object>();
                members.put("id", id);
                members.put("version", stored.settingsAt());
                members.put("cardsKeptBy", stored.cardsKeptBy());
                members.put("changedAt", stored.changedAt());
                members.put("settings", stored.settings());
                invocation.out().println(Json.of(members));
            } else {
                invocation.out().print(SettingsYaml.of(stored.settings()));
            }
            return ExitCode.OK;
        });
    }
}
