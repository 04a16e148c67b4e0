package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.json.Json;
import facteur.store.OfficeSummary;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `facteur settings list`.
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "Lists the offices in the database: version of the settings, number of cards, who keeps these, last change.")
final class SettingsList implements Callable<Integer> {
    private static final String FORM = "%-24s  %8s  %8s  %-16s  %-20s  %s";
    private static final int PAGE = 1000;

    private final Invocation invocation;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    SettingsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        return options.work(invocation, settings -> {
            var offices = all(settings);
            invocation.out().println(options.isJson() ? Json.of(offices.stream().map(SettingsList::members).toList()) : text(offices));
            return ExitCode.OK;
        });
    }

    private static List<OfficeSummary> all(OpenStore settings) throws SQLException {
        var all = new ArrayList<OfficeSummary>();
        Optional<OfficeId> after = Optional.empty();
        while (true) {
            var page = settings.store().settings().offices(after, PAGE);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            after = Optional.of(page.getLast().id());
        }
    }

    private static String text(List<OfficeSummary> offices) {
        var text = new StringBuilder(FORM.formatted("office", "version", "cards", "cards kept by", "changed at", "state"));
        for (var office : offices) {
            text.append('\n').append(FORM.formatted(
                    office.id(),
                    office.settingsAt(),
                    office.cards(),
                    office.cardsKeptBy().isEmpty() ? "people" : office.cardsKeptBy(),
                    office.changedAt().truncatedTo(ChronoUnit.SECONDS),
                    office.isRemoved() ? "removed" : "in use").stripTrailing());
        }
        return text.toString();
    }

    private static Map<String, Object> members(OfficeSummary office) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", office.id());
        members.put("version", office.settingsAt());
        members.put("cards", office.cards());
        members.put("cardsKeptBy", office.cardsKeptBy());
        members.put("changedAt", office.changedAt());
        members.put("removed", office.isRemoved());
        return members;
    }
}
