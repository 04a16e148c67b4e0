package facteur.api;

import facteur.access.Scope;
import facteur.mail.message.Mailbox;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Nearest;
import facteur.platform.config.Problem;
import facteur.platform.json.JsonValue;
import facteur.settings.SettingsCode;
import facteur.store.CardFilter;
import facteur.store.CardStore;
import facteur.store.ChangeResult;
import facteur.store.SettingsStore;
import facteur.store.StoredCard;
import facteur.web.Answer;
import facteur.web.PercentText;
import facteur.web.ProblemDetails;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// The clients' cards of an office, one by one, and lists of them. Immutable.
record Cards(SettingsStore settings, CardStore store, Supplier<Roles> roles) {
    private static final String WHAT = "card";
    private static final List<String> FORMS = List.of(Offices.JSON, CardExport.CSV, CardExport.NDJSON);

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("GET", "/relations", Scope.CARDS_READ, this::list),
                Endpoint.ofOffice("GET", "/relations/{relation:any}", Scope.CARDS_READ, this::read),
                Endpoint.ofOffice("PUT", "/relations/{relation:any}", Scope.CARDS_WRITE, this::put),
                Endpoint.ofOffice("PATCH", "/relations/{relation:any}", Scope.CARDS_WRITE, this::patch),
                Endpoint.ofOffice("DELETE", "/relations/{relation:any}", Scope.CARDS_WRITE, this::delete));
    }

    /// JSON in pages; CSV and lines of JSON, which a push takes as they are, all at once unless there is a limit.
    private Answer list(Call call) throws SQLException {
        call.isList("q", "person", "empty");
        if (settings.office(call.office()).isEmpty()) {
            throw Refusals.missing("office");
        }
        var filter = new CardFilter(call.request().query("q"), call.request().query("person"), call.request().query("empty").map(this::role));
        var after = call.request().query("after").map(text -> RelationId.parse(text)
                .orElseThrow(() -> ProblemDetails.of(400, "query.invalid", "after", "must be the id of a client").refused()));
        var form = call.request().accepted(FORMS);
        if (!form.equals(Offices.JSON)) {
            return new CardExport(store, roles.get(), call.office(), filter).answer(form, after, call.request().number("limit", 1, 1_000));
        }
        var limit = call.limit();
        var page = store.cards(call.office(), filter, after, limit);
        return Page.answer(
                page.stream().map(this::item).toList(),
                page.size() < limit ? Optional.empty() : Optional.of(page.getLast().relation().text()));
    }

    private Role role(String name) {
        return roles.get().find(name).orElseThrow(() -> ProblemDetails.of(400, List.of(new Problem(
                "", 0, "empty", "query.invalid", "must be one of " + String.join(", ", roles.get().names()), Nearest.of(name, roles.get().names()))))
                .refused());
    }

    /// The card is a member of its own, so that no role can be mistaken for something else.
    private JsonValue item(StoredCard card) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("id", JsonValue.of(card.relation().text()));
        members.put("version", new JsonValue.Number(card.version()));
        members.put("changedAt", JsonValue.of(card.changedAt().toString()));
        members.put("card", new JsonValue.Members(members(card, roles.get())));
        return new JsonValue.Members(members);
    }

    /// The client's name, and every role that is configured, as a list: what a source of settings answers.
    static LinkedHashMap<String, JsonValue> members(StoredCard card, Roles roles) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("name", JsonValue.of(card.name()));
        for (var role : roles.list()) {
            members.put(role.name(), JsonValue.ofTexts(
                    card.people().getOrDefault(role, List.of()).stream().map(Mailbox::written).toList()));
        }
        return members;
    }

    private Answer read(Call call) throws SQLException {
        call.hasNoQuery();
        var card = store.card(call.office(), relation(call)).orElseThrow(() -> Refusals.missing(WHAT));
        var answer = call.request().ifNoneMatch().isWeakMatch(Long.toString(card.version()))
                ? Answer.empty(304)
                : Answer.json(200, new JsonValue.Members(members(card, roles.get())));
        return answer.with("ETag", Saved.tag(card.version()));
    }

    private OptionalLong version(Call call) throws SQLException {
        var card = store.card(call.office(), relation(call));
        return card.isPresent() ? OptionalLong.of(card.get().version()) : OptionalLong.empty();
    }

    private Answer put(Call call) throws SQLException {
        call.hasNoQuery();
        if (given(call).isEmpty()) {
            throw Refusals.invalid(SettingsCode.RELATION_INVALID, "relation", "not a relation id: over 128 characters");
        }
        var precondition = Conditions.of(call.request(), () -> version(call));
        var card = call.request().json(Offices.JSON);
        var isNew = version(call).isEmpty();
        var result = store.put(call.office(), relation(call), card, precondition, call.author());
        var answer = Saved.answer(result, "office, or no such " + WHAT);
        return result instanceof ChangeResult.Changed && isNew ? Saved.created(answer, path(call)) : answer;
    }

    private static String path(Call call) {
        return Gate.PREFIX + "/offices/" + call.office() + "/relations/" + PercentText.encode(relation(call).text());
    }

    private Answer patch(Call call) throws SQLException {
        call.hasNoQuery();
        var precondition = Conditions.of(call.request(), () -> version(call));
        var patch = call.request().json(Offices.MERGE_PATCH);
        return Saved.answer(store.patch(call.office(), relation(call), patch, precondition, call.author()), WHAT);
    }

    private Answer delete(Call call) throws SQLException {
        call.hasNoQuery();
        call.request().hasNoBody();
        var precondition = Conditions.of(call.request(), () -> version(call));
        return Saved.removed(store.delete(call.office(), relation(call), precondition, call.author()), WHAT);
    }

    private static RelationId relation(Call call) {
        return given(call).orElseThrow(() -> Refusals.missing(WHAT));
    }

    private static Optional<RelationId> given(Call call) {
        return RelationId.parse(call.request().variable("relation"));
    }
}
