package facteur.console;

import facteur.explain.Explainer;
import facteur.mail.message.Mailbox;
import facteur.office.OfficeSettings;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import facteur.spool.SpoolException;
import facteur.store.ChangeKind;
import facteur.store.ChangeResult;
import facteur.store.StoredOffice;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Restores the settings of a version as a new one, once it was said what that changes. Thread-safe.
final class RestorePage {
    private static final String PATH = "/history/{number}/restore";

    private final Services services;

    RestorePage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, this::ask), Page.change(PATH, this::restore));
    }

    /// What is wanted, and what there is.
    private record Wanted(long number, JsonValue settings, StoredOffice now) {
        boolean isSame() {
            return settings.equals(now.settings());
        }
    }

    private Optional<Wanted> wanted(Visit visit) throws SQLException {
        var number = ComparePage.number(visit);
        var now = services.store().settings().office(visit.office());
        if (number.isEmpty() || now.isEmpty() || !visit.mayWrite()) {
            return Optional.empty();
        }
        return services.store().history().version(visit.office(), number.getAsLong())
                .filter(detail -> detail.version().kind() == ChangeKind.SETTINGS)
                .flatMap(detail -> detail.after().map(settings -> new Wanted(number.getAsLong(), settings, now.get())));
    }

    private Answer ask(Visit visit) throws SQLException {
        var wanted = wanted(visit);
        return wanted.isEmpty() ? visit.notFound() : page(visit, 200, wanted.get(), "", List.of());
    }

    private Answer page(Visit visit, int status, Wanted wanted, String note, List<FieldProblem> found) throws SQLException {
        var draft = draft(visit, wanted.settings());
        var problems = found.isEmpty() ? inTheWay(visit, wanted, draft) : found;
        return visit.page(status, "restore", new RestoreModel(
                Long.toString(wanted.number()),
                Long.toString(wanted.now().version() + 1),
                Long.toString(wanted.now().settingsAt()),
                HistoryPage.path(visit) + "/" + wanted.number(),
                ComparePage.rows(visit, wanted.now().settings(), wanted.settings()),
                draft.problems().isEmpty() && !wanted.isSame()
                        ? Optional.of(replay(visit, draft.settings()))
                        : Optional.empty(),
                TextField.of("note", visit.say("mail.note"), note),
                problems,
                !wanted.isSame() && inTheWay(visit, wanted, draft).isEmpty()));
    }

    private MailModel.Replay replay(Visit visit, OfficeSettings draft) {
        var rules = visit.rules();
        var words = new MailWords(visit.texts(), rules.roles(), rules.reader().sharedAddress());
        var names = Stream.concat(Stream.of(draft.company()), draft.users().stream())
                .filter(person -> !person.name().isEmpty())
                .collect(Collectors.toMap(person -> person.address().mailboxKey(), Mailbox::name, (one, _) -> one));
        try {
            return new ReplayPart(visit, rules, services.replayer(), words, names).of(draft);
        } catch (SpoolException away) {
            return new MailModel.Replay(visit.say("history.replay.away"), List.of(), List.of());
        }
    }

    private List<FieldProblem> inTheWay(Visit visit, Wanted wanted, Draft draft) throws SQLException {
        if (!Restorable.isAllowed(visit, services.store(), wanted.settings())) {
            return List.of(new FieldProblem("", visit.say("history.operators-only")));
        }
        return Restorable.problems(visit, draft.problems());
    }

    /// @param settings of use without problems only
    private record Draft(OfficeSettings settings, List<Problem> problems) {}

    private static Draft draft(Visit visit, JsonValue settings) {
        var problems = new Problems();
        var section = JsonDocument.read(settings, "office " + visit.office(), problems);
        var read = visit.rules().reader().read(section, visit.office(), Explainer.DRAFT);
        section.close();
        return new Draft(read, problems.list());
    }

    private Answer restore(Visit visit) throws SQLException {
        var wanted = wanted(visit);
        if (wanted.isEmpty()) {
            return visit.notFound();
        }
        var form = visit.request().form();
        var note = form.text("note");
        if (!form.text("at").equals(Long.toString(wanted.get().now().settingsAt()))) {
            return refused(visit, 409, wanted.get(), note, visit.say("history.meanwhile", Long.toString(wanted.get().now().settingsAt())));
        }
        if (!Restorable.isAllowed(visit, services.store(), wanted.get().settings())) {
            return refused(visit, 422, wanted.get(), note, visit.say("history.operators-only"));
        }
        var history = HistoryPage.path(visit);
        return switch (services.store().history().restore(visit.office(), wanted.get().number(), visit.author(note))) {
            case ChangeResult.Changed(var version, _) -> Answer.seeOther(history + "?restored=" + version);
            case ChangeResult.Unchanged _ -> Answer.seeOther(history + "?unchanged");
            case ChangeResult.Invalid(var problems) ->
                page(visit, 422, wanted.get(), note, Restorable.problems(visit, problems));
            case ChangeResult.Missing() -> visit.notFound();
            case ChangeResult.Conflict(var code, _) -> refused(visit, 409, wanted.get(), note, Restorable.conflict(visit, code));
            case ChangeResult.Stale stale -> refused(visit, 409, wanted.get(), note, visit.say("history.meanwhile", Long.toString(stale.version())));
        };
    }

    private Answer refused(Visit visit, int status, Wanted wanted, String note, String why) throws SQLException {
        return page(visit, status, wanted, note, List.of(new FieldProblem("", why)));
    }
}
