package facteur.console;

import facteur.spool.QueueAct;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What operators do to letters: hold, release, try now at once; remove when they have said how many. Immutable.
record QueueActPage(Services services) {
    /// Up to here, an operator who errs can name the letters to their senders.
    private static final int WITHOUT_NUMBER = 10;

    private static final String NUMBER = "number";

    List<Page> pages() {
        return List.of(
                Page.post(QueuePage.PATH, Page.Need.OPERATE, this::act),
                Page.get(QueuePage.PATH + "/confirm", Page.Need.OPERATE, _ -> Answer.seeOther(QueuePage.PATH)),
                Page.post(QueuePage.PATH + "/confirm", Page.Need.OPERATE, this::confirm),
                Page.post(QueuePage.PATH + "/undo", Page.Need.OPERATE, this::undo));
    }

    private Answer act(Visit visit) throws SQLException {
        var form = visit.request().form();
        var act = QueueSelection.act(form.text("act"));
        var selection = QueueSelection.of(form, services.operations().queue().now());
        if (act.isEmpty() || !selection.search().problems(visit.texts()).isEmpty()) {
            return visit.notFound();
        }
        if (selection.isEmpty()) {
            return nothingMarked(visit, selection);
        }
        try {
            if (act.get() == QueueAct.REMOVE) {
                var asked = asked(visit, selection);
                if (asked.isPresent()) {
                    return asked.get();
                }
            }
            var move = services.operations().moves().begin(
                    act.get(), selection.letters(), visit.operator(), selection.command(act.get()));
            return QueuePage.seeMove(selection.search(), move);
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private Answer nothingMarked(Visit visit, QueueSelection selection) throws SQLException {
        return new QueuePage(services).page(
                visit, 422, List.of(new FieldProblem("which-marked", visit.say("queue.nothing-marked"))), selection.search());
    }

    private Answer confirm(Visit visit) throws SQLException {
        var selection = QueueSelection.of(visit.request().form(), services.operations().queue().now());
        if (!selection.search().problems(visit.texts()).isEmpty()) {
            return visit.notFound();
        }
        if (selection.isEmpty()) {
            return nothingMarked(visit, selection);
        }
        try {
            return confirmation(visit, 200, selection, count(selection), List.of());
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private long count(QueueSelection selection) throws SpoolException {
        return selection.count(QueueAct.REMOVE, services.operations().queue());
    }

    /// The page that asks, until the number is right. Fewer letters than were counted are no surprise: some have left.
    private Optional<Answer> asked(Visit visit, QueueSelection selection) throws SpoolException {
        var form = visit.request().form();
        var counted = form.text("count").matches("\\d{1,15}") ? Long.parseLong(form.text("count")) : -1;
        var now = count(selection);
        if (counted < 0) {
            return Optional.of(confirmation(visit, 200, selection, now, List.of()));
        }
        if (now > counted) {
            return Optional.of(confirmation(
                    visit, 422, selection, now, List.of(new FieldProblem(NUMBER, visit.say("queue.confirm.more", counted, now)))));
        }
        var typed = form.text(NUMBER).replaceAll("[\\s.,\\u00a0\\u202f]", "");
        if (counted > WITHOUT_NUMBER && !typed.equals(Long.toString(counted))) {
            return Optional.of(confirmation(
                    visit, 422, selection, now, List.of(new FieldProblem(NUMBER, visit.say("queue.confirm.wrong", now)))));
        }
        return Optional.empty();
    }

    private Answer confirmation(Visit visit, int status, QueueSelection selection, long count, List<FieldProblem> problems) {
        var number = TextField.of(NUMBER, visit.say("queue.confirm.number", count), status == 422 ? visit.request().form().text(NUMBER) : "")
                .autocomplete("off")
                .among(problems);
        return visit.page(status, "queue-confirm", new QueueConfirmModel(
                count,
                selection.which() == QueueSelection.Which.ALL,
                selection.search().texts().entrySet().stream()
                        .map(each -> visit.say("queue." + each.getKey()) + " = " + each.getValue())
                        .toList(),
                selection.hidden(),
                count > WITHOUT_NUMBER ? Optional.of(number) : Optional.empty(),
                problems,
                selection.search().href(QueuePage.PATH, Map.of())));
    }

    private Answer undo(Visit visit) throws SQLException {
        var form = visit.request().form();
        var move = services.operations().moves().find(form.text(QueuePage.MOVE));
        if (move.isEmpty()) {
            return Answer.seeOther(QueuePage.PATH);
        }
        try {
            var undone = services.operations().moves().undo(move.get(), visit.operator());
            return QueuePage.seeMove(QueueSearch.of(form::field), undone.orElse(move.get()));
        } catch (SpoolException e) {
            throw e.database();
        }
    }
}
