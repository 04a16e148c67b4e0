package facteur.api;

import facteur.access.Scope;
import facteur.office.OfficeId;
import facteur.platform.json.JsonValue;
import facteur.store.ChangeResult;
import facteur.store.OfficeSummary;
import facteur.store.Precondition;
import facteur.store.SettingsStore;
import facteur.store.StoredOffice;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Settings of offices: list, read, write, remove, check. Immutable.
record Offices(SettingsStore store) {
    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String WHAT = "office";

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofAll("GET", "/offices", Scope.SETTINGS_READ, this::list),
                Endpoint.ofOffice("GET", "", Scope.SETTINGS_READ, this::read),
                Endpoint.ofOffice("PUT", "", Scope.SETTINGS_WRITE, this::put),
                Endpoint.ofOffice("PATCH", "", Scope.SETTINGS_WRITE, this::patch),
                Endpoint.ofAll("DELETE", "/offices/{office}", Scope.SETTINGS_WRITE, this::remove),
                Endpoint.ofOffice("POST", "/check", Scope.SETTINGS_READ, this::check));
    }

    private Answer list(Call call) throws SQLException {
        call.isList();
        var after = call.request().query("after").map(text -> OfficeId.parse(text)
                .orElseThrow(() -> ProblemDetails.of(400, "query.invalid", "after", "must be the id of an office").refused()));
        var limit = call.limit();
        var page = store.offices(after, limit);
        return Page.answer(page.stream().map(Offices::item).toList(),
                page.size() < limit ? Optional.empty() : Optional.of(page.getLast().id().text()));
    }

    private static JsonValue item(OfficeSummary office) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", JsonValue.of(office.id().text()));
        members.put("version", new JsonValue.Number(office.settingsAt()));
        members.put("lastVersion", new JsonValue.Number(office.version()));
        members.put("changedAt", JsonValue.of(office.changedAt().toString()));
        members.put("cards", new JsonValue.Number(office.cards()));
        members.put("cardsKeptBy", JsonValue.of(office.cardsKeptBy()));
        members.put("removed", new JsonValue.Bool(office.isRemoved()));
        return new JsonValue.Members(members);
    }

    private Answer read(Call call) throws SQLException {
        call.hasNoQuery();
        var office = found(call);
        var tag = Long.toString(office.settingsAt());
        var answer = call.request().ifNoneMatch().isWeakMatch(tag) ? Answer.empty(304) : Answer.json(200, office.settings());
        return answer.with("ETag", Saved.tag(office.settingsAt()));
    }

    private StoredOffice found(Call call) throws SQLException {
        return store.office(call.office()).orElseThrow(() -> Refusals.missing(WHAT));
    }

    private OptionalLong version(Call call) throws SQLException {
        var office = store.office(call.office());
        return office.isPresent() ? OptionalLong.of(office.get().settingsAt()) : OptionalLong.empty();
    }

    private Answer put(Call call) throws SQLException {
        call.hasNoQuery();
        var precondition = Conditions.required(call.request(), () -> version(call));
        var settings = call.request().json(JSON);
        var current = store.office(call.office());
        if (!call.token().isForAll() && current.isEmpty()) {
            return Refusals.forbidden(); // Who may not make an office may not bring one back.
        }
        Sandboxes.isKept(call, current, settings);
        var result = store.put(call.office(), settings, precondition, call.author());
        var answer = Saved.answer(result, WHAT);
        return result instanceof ChangeResult.Changed && precondition instanceof Precondition.Absent
                ? Saved.created(answer, Gate.PREFIX + "/offices/" + call.office())
                : answer;
    }

    private Answer patch(Call call) throws SQLException {
        call.hasNoQuery();
        var precondition = Conditions.of(call.request(), () -> version(call));
        var patch = call.request().json(MERGE_PATCH);
        Sandboxes.isNotNamed(call, patch);
        return Saved.answer(store.patch(call.office(), patch, precondition, call.author()), WHAT);
    }

    private Answer remove(Call call) throws SQLException {
        call.hasNoQuery();
        call.request().hasNoBody();
        return Saved.removed(store.remove(call.office(), Conditions.of(call.request(), () -> version(call)), call.author()), WHAT);
    }

    private Answer check(Call call) throws SQLException {
        call.hasNoQuery();
        var checked = store.check(call.office(), call.request().json(JSON));
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("problems", ProblemDetails.json(checked.problems()));
        members.put("warnings", ProblemDetails.json(checked.warnings()));
        return Answer.json(200, new JsonValue.Members(members));
    }
}
