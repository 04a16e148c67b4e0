package facteur.cli;

import facteur.platform.config.Word;
import facteur.platform.json.Json;
import facteur.store.Version;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur settings history`.
@Command(name = "history", mixinStandardHelpOptions = true,
        description = "Lists who changed the settings or cards of an office, when, by what and why. The newest first.")
final class SettingsHistory implements Callable<Integer> {
    private static final String FORM = "%8s  %-20s  %-8s  %-7s  %-20s  %s";
    private static final int MOST = 100_000;

    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "OFFICE", description = "The id of the office.")
    private String office = "";

    @Option(names = "--limit", paramLabel = "N", description = "The most versions to list. Default: 50.")
    private int limit = 50;

    @Option(names = "--before", paramLabel = "VERSION", description = "Only older versions than this one.")
    private @Nullable Long before;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SettingsHistory(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var id = SettingsOptions.office(office, spec.commandLine());
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit must be from 1 to " + MOST);
        }
        return options.work(invocation, settings -> {
            var versions = settings.store().history().versions(id, before == null ? OptionalLong.empty() : OptionalLong.of(before), limit);
            if (versions.isEmpty() && before == null) {
                throw OpenStore.noOffice(id);
            }
            invocation.out().println(options.isJson() ? Json.of(versions.stream().map(SettingsHistory::members).toList()) : text(versions));
            return ExitCode.OK;
        });
    }

    private static String text(List<Version> versions) {
        var text = new StringBuilder(FORM.formatted("version", "at", "changed", "by", "who", "why"));
        for (var version : versions) {
            text.append('\n').append(FORM.formatted(
                    version.number(),
                    version.at().truncatedTo(ChronoUnit.SECONDS),
                    changed(version),
                    Word.of(version.author().via()),
                    who(version),
                    why(version)).stripTrailing());
        }
        return text.toString();
    }

    private static String changed(Version version) {
        return switch (version.kind()) {
            case SETTINGS -> "settings";
            case CARDS -> version.cards() + (version.cards() == 1 ? " card" : " cards");
            case REMOVED -> "removed";
        };
    }

    private static String who(Version version) {
        var author = version.author();
        return author.behalf().isEmpty() ? author.actor() : author.behalf() + " (" + author.actor() + ")";
    }

    private static String why(Version version) {
        var note = version.author().note();
        var undoes = version.undoes() == 0 ? "" : "takes back " + version.undoes();
        return note.isEmpty() || undoes.isEmpty() ? note + undoes : undoes + "; " + note;
    }

    private static Map<String, Object> members(Version version) {
        var members = new LinkedHashMap<String, Object>();
        members.put("number", version.number());
        members.put("at", version.at());
        members.put("kind", version.kind().word());
        members.put("via", Word.of(version.author().via()));
        members.put("actor", version.author().actor());
        members.put("behalf", version.author().behalf());
        members.put("peer", version.author().peer());
        members.put("note", version.author().note());
        members.put("undoes", version.undoes());
        members.put("cards", version.cards());
        return members;
    }
}
