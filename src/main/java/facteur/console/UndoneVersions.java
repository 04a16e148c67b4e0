package facteur.console;

import facteur.store.ChangeResult;
import facteur.store.SettingsHistory;
import facteur.store.UndoResult;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.Optional;

/// Takes back what a page has just done: the versions that its form names. Thread-safe.
record UndoneVersions(SettingsHistory history) {
    /// What one undoing may name: a change of settings and one of cards.
    private static final int MOST = 2;

    /// Where the word of it is said, once it is done.
    @FunctionalInterface
    interface Back {
        Href page() throws SQLException;
    }

    Answer answer(Visit visit, Back back) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        var versions = visit.request().form().all("version").stream().limit(MOST).map(UndoneVersions::number).toList();
        var newest = 0L;
        var left = 0;
        for (var version : versions) {
            switch (history.undo(visit.office(), version, visit.author(""))) {
                case UndoResult.Undone(var number, _, var untouched, _) -> {
                    newest = Math.max(newest, number);
                    left += untouched.size();
                }
                case UndoResult.NotUndone(var why) -> {
                    return refused(visit, why, back.page());
                }
            }
        }
        return newest == 0
                ? visit.notFound()
                : Answer.seeOther(back.page().with("undone", newest).with("left", left == 0 ? "" : Integer.toString(left)).text());
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Answer refused(Visit visit, ChangeResult why, Href back) {
        return switch (why) {
            case ChangeResult.Missing _ -> visit.notFound();
            case ChangeResult.Conflict(var code, _) -> notice(visit, reason(visit, code), back);
            case ChangeResult.Changed _, ChangeResult.Unchanged _, ChangeResult.Invalid _, ChangeResult.Stale _ ->
                notice(visit, visit.say("clients.undo.not-now"), back);
        };
    }

    private static Answer notice(Visit visit, String text, Href back) {
        return visit.page(409, "notice", new NoticeModel(
                visit.say("clients.undo.refused"), text, Optional.of(new NoticeModel.Link(back.text(), visit.say("frame.back")))));
    }

    private static String reason(Visit visit, String code) {
        return switch (code) {
            case "not-newest" -> visit.say("clients.undo.not-newest");
            case "not-kept" -> visit.say("clients.undo.not-kept");
            case "erased" -> visit.say("clients.undo.erased");
            case "cards-kept-by" -> visit.say("clients.kept-by-app");
            default -> visit.say("clients.undo.not-now");
        };
    }

    /// What a page says after it.
    static DoneModel done(Visit visit) {
        var left = visit.request().number("left", 1, 1_000_000).orElse(0L);
        var text = visit.say("clients.undone", visit.request().number("undone", 1, Long.MAX_VALUE / 10).orElse(0L));
        return DoneModel.of(left == 0 ? text : text + " " + visit.say("clients.undone.left", left));
    }
}
