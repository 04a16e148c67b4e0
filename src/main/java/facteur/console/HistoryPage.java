package facteur.console;

import facteur.store.ChangeKind;
import facteur.store.StoredOffice;
import facteur.store.Version;
import facteur.store.VersionDetail;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The versions of an office, the newest first: who changed what, and why. Thread-safe.
final class HistoryPage {
    private static final int PAGE = 20;

    private final Services services;

    HistoryPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice("/history", this::show));
    }

    static String path(Visit visit) {
        return "/o/" + visit.office().text() + "/history";
    }

    private Answer show(Visit visit) throws SQLException {
        var before = visit.request().number("before", 1, Long.MAX_VALUE / 10);
        var history = services.store().history();
        var versions = history.versions(
                visit.office(), before.isPresent() ? OptionalLong.of(before.get()) : OptionalLong.empty(), PAGE + 1);
        var settingsAt = services.store().settings().office(visit.office()).map(StoredOffice::settingsAt).orElse(0L);
        var words = VersionWords.of(visit);
        var rows = new ArrayList<HistoryModel.Row>();
        for (var version : versions.subList(0, Math.min(PAGE, versions.size()))) {
            var detail =
                    history.version(visit.office(), version.number()).orElseGet(() -> new VersionDetail(version, Optional.empty(), Optional.empty()));
            rows.add(row(visit, words, detail, settingsAt));
        }
        var older = versions.size() > PAGE ? Optional.of(path(visit) + "?before=" + rows.getLast().number()) : Optional.<String>empty();
        return visit.page(200, "history", new HistoryModel(
                rows, older, before.isEmpty(), message(visit), visit.keptElsewhere().map(where -> visit.say("mail.readonly", where))));
    }

    private static HistoryModel.Row row(Visit visit, VersionWords words, VersionDetail detail, long settingsAt) {
        var version = detail.version();
        var href = path(visit) + "/" + version.number();
        return new HistoryModel.Row(
                version.number(),
                version.at(),
                new AuthorWords(visit.texts()).who(version.author()),
                words.note(version),
                words.what(detail),
                undoes(visit, version),
                version.kind() == ChangeKind.CARDS,
                href,
                mayRestore(visit, detail, settingsAt) ? Optional.of(href + "/restore") : Optional.empty());
    }

    static Optional<String> undoes(Visit visit, Version version) {
        return version.undoes() > 0 ? Optional.of(visit.say("history.undoes", Long.toString(version.undoes()))) : Optional.empty();
    }

    /// The settings that are in force have nothing to be restored.
    static boolean mayRestore(Visit visit, VersionDetail detail, long settingsAt) {
        return visit.mayWrite() && detail.version().kind() == ChangeKind.SETTINGS && detail.version().number() != settingsAt;
    }

    private static Optional<HistoryModel.Message> message(Visit visit) {
        var restored = visit.request().number("restored", 1, Long.MAX_VALUE / 10);
        if (restored.isPresent()) {
            var undo = path(visit) + "/" + restored.get() + "/undo";
            return Optional.of(new HistoryModel.Message(
                    visit.say("history.restored", Long.toString(restored.get())), Optional.of(undo).filter(_ -> visit.mayWrite())));
        }
        return visit.request().query("unchanged").map(_ -> new HistoryModel.Message(visit.say("mail.unchanged"), Optional.empty()));
    }
}
