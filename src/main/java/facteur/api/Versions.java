package facteur.api;

import facteur.access.Scope;
import facteur.office.RelationId;
import facteur.platform.config.Word;
import facteur.platform.json.JsonPatch;
import facteur.platform.json.JsonValue;
import facteur.store.CardChange;
import facteur.store.SettingsHistory;
import facteur.store.SettingsStore;
import facteur.store.UndoResult;
import facteur.store.Version;
import facteur.store.VersionDetail;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import facteur.web.RefusedException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The history of an office: who changed what, and back again. Immutable.
record Versions(SettingsHistory history, SettingsStore settings) {
    static final String UNDO = "/undo";
    private static final String WHAT = "version";
    private static final long LARGEST = 999_999_999_999_999_999L;

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("GET", "/versions", Scope.SETTINGS_READ, this::list),
                Endpoint.ofOffice("GET", "/versions/{number}", Scope.SETTINGS_READ, this::read),
                Endpoint.ofOffice("POST", "/versions/{number}/restore", Scope.SETTINGS_WRITE, this::restore),
                Endpoint.ofOffice("POST", "/versions/{number}" + UNDO, Scope.SETTINGS_WRITE, this::undo));
    }

    /// The newest first.
    private Answer list(Call call) throws SQLException {
        call.isList();
        var before = call.request().number("after", 1, LARGEST);
        var limit = call.limit();
        var page = history.versions(call.office(), before.map(OptionalLong::of).orElse(OptionalLong.empty()), limit);
        if (page.isEmpty() && before.isEmpty()) {
            throw Refusals.missing("office");
        }
        return Page.answer(
                page.stream().<JsonValue>map(version -> new JsonValue.Members(members(version))).toList(),
                page.size() < limit ? Optional.empty() : Optional.of(Long.toString(page.getLast().number())));
    }

    private static LinkedHashMap<String, JsonValue> members(Version version) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("number", new JsonValue.Number(version.number()));
        members.put("at", JsonValue.of(version.at().toString()));
        members.put("kind", JsonValue.of(Word.of(version.kind())));
        members.put("via", JsonValue.of(Word.of(version.author().via())));
        members.put("actor", JsonValue.of(version.author().actor()));
        members.put("behalf", JsonValue.of(version.author().behalf()));
        members.put("peer", JsonValue.of(version.author().peer()));
        members.put("note", JsonValue.of(version.author().note()));
        members.put("undoes", version.undoes() == 0 ? JsonValue.NULL : new JsonValue.Number(version.undoes()));
        members.put("cards", new JsonValue.Number(version.cards()));
        return members;
    }

    /// Settings before and after, and their difference as JSON Patch; from the settings of another version with `against`. Cards that it
    /// changed are a list with pages, for a token that may read cards.
    private Answer read(Call call) throws SQLException {
        call.isList("against");
        var found = found(call);
        var members = members(found.version());
        members.put("before", found.before().orElse(JsonValue.NULL));
        members.put("after", found.after().orElse(JsonValue.NULL));
        members.put("diff", diff(call, found));
        if (found.version().cards() > 0 && call.token().allows(Scope.CARDS_READ)) {
            addCards(call, members);
        }
        return Answer.json(200, new JsonValue.Members(members));
    }

    private JsonValue diff(Call call, VersionDetail found) throws SQLException {
        var against = call.request().number("against", 1, LARGEST);
        return against.isEmpty()
                ? JsonPatch.between(found.before().orElse(JsonValue.NULL), found.after().orElse(JsonValue.NULL))
                : history.diff(call.office(), against.get(), found.version().number()).orElseThrow(() -> Refusals.missing(WHAT));
    }

    private void addCards(Call call, LinkedHashMap<String, JsonValue> members) throws SQLException {
        var after = call.request().query("after").map(text -> RelationId.parse(text)
                .orElseThrow(() -> ProblemDetails.of(400, "query.invalid", "after", "must be the id of a client").refused()));
        var limit = call.limit();
        var page = history.cards(call.office(), number(call), after, limit);
        members.put("changes", Page.members(
                page.stream().map(Versions::change).toList(),
                page.size() < limit ? Optional.empty() : Optional.of(page.getLast().relation().text())));
    }

    private static JsonValue change(CardChange change) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", JsonValue.of(change.relation().text()));
        members.put("before", change.before().orElse(JsonValue.NULL));
        members.put("after", change.after().orElse(JsonValue.NULL));
        return new JsonValue.Members(members);
    }

    private VersionDetail found(Call call) throws SQLException {
        return history.version(call.office(), number(call)).orElseThrow(() -> Refusals.missing(WHAT));
    }

    private static long number(Call call) {
        var text = call.request().variable("number");
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw Refusals.missing(WHAT);
        }
        return Long.parseLong(text);
    }

    private Answer restore(Call call) throws SQLException {
        call.hasNoQuery();
        call.request().hasNoBody();
        var found = found(call);
        isAllowed(call, found.after());
        return Saved.answer(history.restore(call.office(), found.version().number(), call.author()), WHAT);
    }

    /// Cards come back with the scope that writes cards.
    private Answer undo(Call call) throws SQLException {
        call.hasNoQuery();
        call.request().hasNoBody();
        var found = found(call);
        isAllowed(call, found.before());
        if (found.version().cards() > 0 && !call.token().allows(Scope.CARDS_WRITE)) {
            return Refusals.forbidden();
        }
        return switch (history.undo(call.office(), found.version().number(), call.author())) {
            case UndoResult.NotUndone(var why) -> Saved.answer(why, WHAT);
            case UndoResult.Undone(var version, var restored, var left, var warnings) -> {
                var members = new LinkedHashMap<String, JsonValue>();
                members.put("version", new JsonValue.Number(version));
                members.put("restored", new JsonValue.Number(restored));
                members.put("left", JsonValue.ofTexts(left.stream().map(RelationId::text).toList()));
                members.put("warnings", ProblemDetails.json(warnings));
                yield Answer.json(200, new JsonValue.Members(members));
            }
        };
    }

    /// Who may not make an office may not bring one back, and may not change what only operators do.
    private void isAllowed(Call call, Optional<JsonValue> wanted) throws SQLException {
        if (wanted.isPresent()) {
            var current = settings.office(call.office());
            if (current.isEmpty() && !call.token().isForAll()) {
                throw new RefusedException(Refusals.forbidden());
            }
            Sandboxes.isKept(call, current, wanted.get());
        }
    }
}
