package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings export`.
@Command(name = "export", mixinStandardHelpOptions = true,
        description = "Writes offices into a folder, as settings.source: files reads them: OFFICE.yaml and, with cards, OFFICE.relations.csv.")
final class SettingsExport implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "DIR", description = "The folder; it is made when it isn't there. Files of the same names are replaced.")
    private Path folder = Path.of("");

    @Option(names = "--office", paramLabel = "ID", description = "Only this office.")
    private @Nullable String office;

    @Option(names = "--spreadsheet",
            description = "Only the cards, as OFFICE.spreadsheet.csv, to be opened in a spreadsheet: no cell is a formula. Not to be imported.")
    private boolean isForSpreadsheet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsExport(Invocation invocation) {
        this.invocation = invocation;
    }

    /// As the user who runs it: the files are theirs, and nothing in the state folder is written.
    @Override
    public Integer call() throws CommandException, SQLException {
        var installation = options.installation(invocation);
        try (var settings = installation.openStore(installation.config())) {
            var ids = office == null ? settings.offices() : List.of(settings.office(SettingsOptions.office(office, spec.commandLine())).id());
            var target = new ExportFolder(folder);
            target.make();
            var written = new ArrayList<Map<String, Object>>();
            for (var id : ids) {
                written.add(export(id, settings, target));
            }
            if (options.isJson()) {
                invocation.out().println(Json.of(written));
            }
            if (office == null) {
                for (var file : target.others(ids)) {
                    invocation.err().println("warning: " + file + " was there before, and is of no office in the database");
                }
            }
            return ExitCode.OK.number();
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
    }

    private Map<String, Object> export(OfficeId id, OpenStore settings, ExportFolder target) throws CommandException, SQLException, IOException {
        var stored = settings.office(id);
        var cards = settings.cards(id);
        var roles = settings.config().rules().roles();
        var files = isForSpreadsheet
                ? List.of(target.writeForSpreadsheet(id, cards, roles))
                : target.write(id, stored.settings(), cards, roles);
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id);
        members.put("version", stored.version());
        members.put("cards", cards.size());
        members.put("files", files);
        if (!options.isJson()) {
            invocation.out().println(id + "  version " + stored.version() + ", cards: " + cards.size());
        }
        return members;
    }
}
