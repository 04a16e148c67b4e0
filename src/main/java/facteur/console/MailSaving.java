package facteur.console;

import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.UndoResult;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.Optional;

/// Saves the form of mail settings, or lets the person choose where another was faster. Thread-safe.
record MailSaving(Services services) {
    private static final int MOST_TRIES = 3;

    Answer save(Visit visit, MailSent sent) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        if (!sent.isGood()) {
            return sent.screen().page(422, sent.shown());
        }
        var draft = sent.draft();
        for (var attempt = 0; attempt < MOST_TRIES; attempt++) {
            if (!draft.undecided().isEmpty()) {
                return new MailConflict(visit, services, sent.screen().words(), draft).page();
            }
            var result = services.store().settings().put(
                    visit.office(),
                    draft.settings(),
                    new Precondition.AtVersion(draft.now().settingsAt()),
                    visit.author(draft.form().get(MailFields.NOTE)));
            var path = "/o/" + visit.office() + "/mail";
            switch (result) {
                case ChangeResult.Changed(var version, _) -> {
                    var before = draft.now().settingsAt();
                    return Answer.seeOther(path + "?saved=" + version + (before == draft.form().version() ? "" : "&merged=" + before));
                }
                case ChangeResult.Unchanged _ -> {
                    return Answer.seeOther(path + "?unchanged=true");
                }
                case ChangeResult.Invalid(var problems) -> {
                    return sent.screen().page(422, sent.shown().wrong(sent.screen().problems(draft.form()).of(problems)));
                }
                case ChangeResult.Missing(), ChangeResult.Conflict _ -> {
                    return visit.notFound();
                }
                case ChangeResult.Stale _ -> {
                    var again = MailDraft.of(services.store(), visit.office(), draft.form());
                    if (again.isEmpty()) {
                        return visit.notFound();
                    }
                    draft = again.get();
                }
            }
        }
        return visit.away();
    }

    /// Takes a version back, as a version of its own.
    Answer undo(Visit visit) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        var text = visit.request().form().text(MailFields.VERSION);
        if (!text.matches("\\d{1,18}")) {
            return visit.notFound();
        }
        var number = Long.parseLong(text);
        return switch (services.store().history().undo(visit.office(), number, visit.author(""))) {
            case UndoResult.Undone(var version, _, _, _) ->
                Answer.seeOther("/o/" + visit.office() + "/mail?saved=" + version + "&undone=" + number);
            case UndoResult.NotUndone(var why) -> visit.page(409, "notice", new NoticeModel(
                    visit.say("mail.undo.late"),
                    visit.say(why instanceof ChangeResult.Invalid ? "mail.undo.invalid" : "mail.undo.late.text", text),
                    Optional.of(new NoticeModel.Link("/o/" + visit.office() + "/history", visit.say("frame.nav.history")))));
        };
    }
}
