package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.json.Json;
import facteur.platform.json.JsonPatch;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings diff`.
@Command(name = "diff", mixinStandardHelpOptions = true,
        description = "Prints what differs in the settings of an office between two versions, key by key; with --json as a JSON Patch (RFC 6902).")
final class SettingsDiff implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(index = "0", paramLabel = "OFFICE", description = "The id of the office.")
    private String office = "";

    @Parameters(index = "1", paramLabel = "FROM", description = "A version.")
    private long from;

    @Parameters(index = "2", paramLabel = "TO", description = "Another version.")
    private long to;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsDiff(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var id = SettingsOptions.office(office, spec.commandLine());
        return options.work(invocation, settings -> {
            var before = asOf(settings, id, from);
            var after = asOf(settings, id, to);
            if (options.isJson()) {
                invocation.out().println(Json.of(JsonPatch.between(before, after)));
            } else {
                KeyDifference.between(before, after).forEach(invocation.out()::println);
            }
            return ExitCode.OK;
        });
    }

    private static JsonValue asOf(OpenStore settings, OfficeId office, long number) throws CommandException, SQLException {
        return settings.store().history().settingsAt(office, number).orElseThrow(() -> OpenStore.noVersion(office, number));
    }
}
