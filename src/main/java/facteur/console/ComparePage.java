package facteur.console;

import facteur.office.RelationId;
import facteur.platform.json.JsonValue;
import facteur.store.CardChange;
import facteur.store.CardChangeCounts;
import facteur.store.ChangeKind;
import facteur.store.ChangeResult;
import facteur.store.StoredOffice;
import facteur.store.UndoResult;
import facteur.store.VersionDetail;
import facteur.web.Answer;
import facteur.web.PercentText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One version of an office beside another, or with the cards that it changed; and what takes it back. Thread-safe.
final class ComparePage {
    private static final String PATH = "/history/{number}";
    private static final int OTHERS = 50;
    private static final int CARDS = 50;
    private static final int LEFT = 500;
    private static final long LARGEST = Long.MAX_VALUE / 10;

    private final Services services;

    ComparePage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, this::show), Page.change(PATH + "/undo", this::undo));
    }

    /// The number in the path, if it is one.
    static OptionalLong number(Visit visit) {
        var text = visit.request().variable("number");
        return text.matches("[1-9]\\d{0,17}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private Optional<VersionDetail> found(Visit visit) throws SQLException {
        var number = number(visit);
        return number.isEmpty() ? Optional.empty() : services.store().history().version(visit.office(), number.getAsLong());
    }

    private Answer show(Visit visit) throws SQLException {
        var found = found(visit);
        return found.isEmpty() ? visit.notFound() : page(visit, 200, found.get(), List.of());
    }

    private Answer page(Visit visit, int status, VersionDetail detail, List<FieldProblem> problems) throws SQLException {
        var version = detail.version();
        var with = visit.request().number("with", 1, LARGEST);
        var columns = columns(visit, detail, with);
        if (with.isPresent() && columns.isEmpty()) {
            return visit.notFound();
        }
        var words = VersionWords.of(visit);
        var undone = visit.request().number("undone", 1, LARGEST);
        var left = undone.isPresent() ? left(visit, undone.get()) : List.<String>of();
        return visit.page(status, "compare", new CompareModel(
                Long.toString(version.number()),
                path(visit, version.number()),
                version.at(),
                new AuthorWords(visit.texts()).who(version.author()),
                words.note(version),
                HistoryPage.undoes(visit, version),
                words.what(detail),
                others(visit, version.number(), with),
                columns,
                version.cards() > 0 ? Optional.of(cards(visit, version.number())) : Optional.empty(),
                actions(visit, detail),
                problems,
                undone.map(number -> visit.say(left.isEmpty() ? "history.undone" : "history.undone.partly", Long.toString(number))),
                left));
    }

    private static String path(Visit visit, long number) {
        return HistoryPage.path(visit) + "/" + number;
    }

    /// Those that can be chosen are the latest ones.
    private List<CompareModel.Other> others(Visit visit, long number, Optional<Long> chosen) throws SQLException {
        return services.store().history().versions(visit.office(), OptionalLong.empty(), OTHERS).stream()
                .filter(version -> version.number() != number && version.kind() != ChangeKind.CARDS)
                .map(version -> new CompareModel.Other(
                        Long.toString(version.number()),
                        visit.say("history.option", Long.toString(version.number()), visit.view().date(version.at())),
                        chosen.filter(other -> other == version.number()).isPresent()))
                .toList();
    }

    private Optional<CompareModel.Columns> columns(Visit visit, VersionDetail detail, Optional<Long> with) throws SQLException {
        var number = detail.version().number();
        if (with.isEmpty()) {
            return detail.version().kind() == ChangeKind.CARDS
                    ? Optional.empty()
                    : Optional.of(columns(
                            visit,
                            visit.say("history.before"),
                            visit.say("history.version", Long.toString(number)),
                            detail.before().orElse(JsonValue.NULL),
                            detail.after().orElse(JsonValue.NULL)));
        }
        var first = Math.min(number, with.get());
        var last = Math.max(number, with.get());
        var before = services.store().history().settingsAt(visit.office(), first);
        var after = services.store().history().settingsAt(visit.office(), last);
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(columns(
                        visit,
                        visit.say("history.version", Long.toString(first)),
                        visit.say("history.version", Long.toString(last)),
                        before.get(),
                        after.get()));
    }

    private static CompareModel.Columns columns(Visit visit, String left, String right, JsonValue before, JsonValue after) {
        return new CompareModel.Columns(left, right, rows(visit, before, after));
    }

    static List<CompareModel.Row> rows(Visit visit, JsonValue before, JsonValue after) {
        return new ChangeWords(visit.texts(), visit.rules().roles()).between(before, after).stream()
                .map(change -> new CompareModel.Row(
                        change.subject(), change.before(), change.after(), change.key(), raw(before, change), raw(after, change)))
                .toList();
    }

    private static String raw(JsonValue settings, Change change) {
        return SettingsJson.at(settings, change.path()).map(JsonValue::toString).orElse("");
    }

    private CompareModel.Cards cards(Visit visit, long number) throws SQLException {
        var history = services.store().history();
        var after = visit.request().query("after").flatMap(RelationId::parse);
        var page = history.cards(visit.office(), number, after, CARDS + 1);
        var words = new CardWords(visit.texts(), visit.rules().roles());
        var shown = page.subList(0, Math.min(CARDS, page.size()));
        return new CompareModel.Cards(
                counts(visit, history.cardCounts(visit.office(), number)),
                shown.stream().map(change -> card(words, change)).toList(),
                page.size() > CARDS
                        ? Optional.of(path(visit, number) + "?after=" + PercentText.encode(shown.getLast().relation().text()))
                        : Optional.empty());
    }

    private static CompareModel.Card card(CardWords words, CardChange change) {
        return new CompareModel.Card(change.relation().text(), CardWords.name(change), words.what(change));
    }

    private static String counts(Visit visit, CardChangeCounts counts) {
        return counts.isNone()
                ? visit.say("history.cards.gone")
                : visit.say("history.cards.counts", counts.created(), counts.changed(), counts.deleted());
    }

    private CompareModel.Actions actions(Visit visit, VersionDetail detail) throws SQLException {
        var version = detail.version();
        var settingsAt = services.store().settings().office(visit.office()).map(StoredOffice::settingsAt).orElse(0L);
        var isUndoable = visit.mayWrite() && (version.cards() > 0 || version.number() == settingsAt && detail.before().isPresent());
        return new CompareModel.Actions(
                HistoryPage.mayRestore(visit, detail, settingsAt) ? Optional.of(path(visit, version.number()) + "/restore") : Optional.empty(),
                isUndoable ? Optional.of(path(visit, version.number()) + "/undo") : Optional.empty(),
                visit.say(version.cards() > 0 ? "history.undo.cards" : "mail.undo"));
    }

    private List<String> left(Visit visit, long undone) throws SQLException {
        return services.store().history().cardsLeft(visit.office(), undone, LEFT).stream().map(RelationId::text).toList();
    }

    private Answer undo(Visit visit) throws SQLException {
        var found = found(visit);
        if (found.isEmpty() || !visit.mayWrite()) {
            return visit.notFound();
        }
        var number = found.get().version().number();
        if (found.get().before().isPresent() && !Restorable.isAllowed(visit, services.store(), found.get().before().get())) {
            return refused(visit, found.get(), 422, visit.say("history.operators-only"));
        }
        return switch (services.store().history().undo(visit.office(), number, visit.author(""))) {
            case UndoResult.Undone(var version, _, _, _) when found.get().version().kind() == ChangeKind.CARDS ->
                Answer.seeOther(path(visit, version) + "?undone=" + number);
            case UndoResult.Undone(var version, _, _, _) -> Answer.seeOther(HistoryPage.path(visit) + "?restored=" + version);
            case UndoResult.NotUndone(ChangeResult.Unchanged _) -> Answer.seeOther(HistoryPage.path(visit) + "?unchanged");
            case UndoResult.NotUndone(ChangeResult.Missing()) -> visit.notFound();
            case UndoResult.NotUndone(ChangeResult.Conflict(var code, _)) -> refused(visit, found.get(), 409, Restorable.conflict(visit, code));
            case UndoResult.NotUndone(ChangeResult.Invalid(var problems)) ->
                page(visit, 422, found.get(), Restorable.problems(visit, problems));
            case UndoResult.NotUndone(var other) -> throw new IllegalStateException("not an answer to an undo: " + other);
        };
    }

    private Answer refused(Visit visit, VersionDetail detail, int status, String why) throws SQLException {
        return page(visit, status, detail, List.of(new FieldProblem("", why)));
    }
}
