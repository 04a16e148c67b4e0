package facteur.console;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.settings.SettingsCode;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.StoredCard;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/o/{office}/clients/card`: one client's card. Thread-safe.
record ClientPage(Services services) {
    private static final String TEMPLATE = "client";
    private static final String CARD = ClientsPage.PATH + "/card";
    private static final String NEW = ClientsPage.PATH + "/new";
    private static final String DELETE = ClientsPage.PATH + "/delete";
    private static final String RELATION = "relation";

    List<Page> pages() {
        return List.of(
                Page.ofOffice(CARD, this::show),
                Page.ofOffice(NEW, this::blank),
                Page.ofOffice(DELETE, this::askToDelete),
                Page.change(CARD, this::change),
                Page.change(DELETE, this::delete));
    }

    static Href href(OfficeId office, RelationId relation) {
        return Href.ofOffice(office, CARD).with(RELATION, relation.text());
    }

    private Answer show(Visit visit) throws SQLException {
        var asked = visit.request().query(RELATION).orElse("").strip();
        var relation = RelationId.parse(asked);
        if (visit.keptElsewhere().isPresent()) {
            return elsewhere(visit, asked, relation);
        }
        var card = relation.isPresent() ? services.store().cards().card(visit.office(), relation.get()) : Optional.<StoredCard>empty();
        return card.isEmpty() ? visit.notFound() : page(visit, 200, saved(visit, card.get()), card, List.of());
    }

    private static ClientForm saved(Visit visit, StoredCard card) {
        return ClientForm.of(card.relation().text(), card.name(), card.people(), visit.rules().roles(), card.version());
    }

    /// One that is kept in files, a database or a service is read there.
    private Answer elsewhere(Visit visit, String asked, Optional<RelationId> relation) throws SQLException {
        var source = visit.rules().settings();
        var found = relation.map(id -> source.relation(visit.office(), id));
        if (found.isPresent() && found.get() instanceof Lookup.Found<RelationCard>(var card, _)) {
            return page(visit, 200, ClientForm.of(asked, card.name(), card.roles(), visit.rules().roles(), 0), Optional.empty(), List.of());
        }
        var isAway = found.isPresent() && !(found.get() instanceof Lookup.Missing<RelationCard>);
        var problem = new FieldProblem(RELATION, isAway ? visit.say("error.away") : visit.say("clients.none-of-number", asked));
        return visit.page(isAway ? 503 : 404, "clients-elsewhere", new ClientsElsewhereModel(
                base(visit), visit.keptElsewhere().orElse(""), List.of(problem), asked, AddressesPage.link(visit, services)));
    }

    private static String base(Visit visit) {
        return Href.ofOffice(visit.office(), ClientsPage.PATH).text();
    }

    private Answer blank(Visit visit) throws SQLException {
        var form = new ClientForm("", "", Map.of(), "", 0, "");
        return mayChange(visit) ? page(visit, 200, form, Optional.empty(), List.of()) : visit.notFound();
    }

    private boolean mayChange(Visit visit) throws SQLException {
        return visit.mayWrite() && CardKeeper.of(visit, services).isHere();
    }

    private Answer change(Visit visit) throws SQLException {
        if (!mayChange(visit)) {
            // What was typed stays on a page that only asked for a part.
            return visit.isPartial() ? Answer.empty(409) : Answer.seeOther(base(visit));
        }
        var roles = visit.rules().roles();
        var sent = visit.request().form();
        var form = ClientForm.of(sent, roles);
        var relation = RelationId.parse(form.relation());
        var isNew = form.version() == 0;
        var card = relation.isPresent() && !isNew ? services.store().cards().card(visit.office(), relation.get()) : Optional.<StoredCard>empty();
        if (sent.has("add")) {
            return page(visit, 200, form.adding(sent.text("add")), card, List.of());
        }
        if (sent.has("remove")) {
            return page(visit, 200, form.removing(sent.text("remove")), card, List.of());
        }
        var problems = new ArrayList<FieldProblem>();
        if (relation.isEmpty()) {
            problems.add(new FieldProblem(RELATION, visit.say(form.relation().isEmpty() ? "clients.number.missing" : "clients.number.invalid")));
        }
        var json = form.card(roles, known(visit), visit.texts(), problems);
        if (!problems.isEmpty()) {
            return page(visit, 422, form, card, problems);
        }
        var precondition = isNew ? new Precondition.Absent() : new Precondition.AtVersion(form.version());
        var result = services.store().cards().put(visit.office(), relation.orElseThrow(), json, precondition, visit.author(form.note()));
        return saved(visit, form, relation.orElseThrow(), result);
    }

    private Answer saved(Visit visit, ClientForm form, RelationId relation, ChangeResult result) throws SQLException {
        var href = href(visit.office(), relation);
        return switch (result) {
            case ChangeResult.Changed(var version, _) -> Answer.seeOther(href.with("saved", version).text());
            case ChangeResult.Unchanged _ -> Answer.seeOther(href.with("unchanged", "yes").text());
            case ChangeResult.Invalid(var problems) -> page(visit, 422, form, Optional.empty(), problems.stream()
                    .map(problem -> problem.code().equals(SettingsCode.RELATION_INVALID)
                            ? new FieldProblem(RELATION, visit.say("clients.number.invalid"))
                            : new FieldProblem("", visit.say("clients.invalid", problem.message())))
                    .toList());
            case ChangeResult.Stale _ -> stale(visit, form, relation);
            case ChangeResult.Missing _ -> stale(visit, form, relation);
            case ChangeResult.Conflict _ -> Answer.seeOther(base(visit));
        };
    }

    /// Another was faster. What was typed stays, and saving it again counts.
    private Answer stale(Visit visit, ClientForm form, RelationId relation) throws SQLException {
        var present = services.store().cards().card(visit.office(), relation);
        if (form.version() == 0) {
            return page(visit, 422, form, Optional.empty(), List.of(new FieldProblem(RELATION, visit.say("clients.number.taken", form.relation()))));
        }
        if (present.isEmpty()) {
            return visit.notice(409, visit.say("clients.gone"), visit.say("clients.gone.text", relation.text()));
        }
        var again = form.withVersion(present.get().version());
        return page(visit, 409, again, present, List.of(new FieldProblem("", visit.say("clients.conflict"))));
    }

    private KnownPeople known(Visit visit) throws SQLException {
        return KnownPeople.of(visit, services).orElse(new KnownPeople(List.of(), List.of()));
    }

    private Answer page(Visit visit, int status, ClientForm form, Optional<StoredCard> saved, List<FieldProblem> problems) throws SQLException {
        var keeper = CardKeeper.of(visit, services);
        var roles = visit.rules().roles();
        var isNew = form.version() == 0 && keeper.isHere();
        return visit.page(status, TEMPLATE, new ClientModel(
                base(visit),
                form.relation(),
                saved.map(StoredCard::name).or(() -> Optional.of(form.name())).filter(name -> !name.isEmpty()).orElse(form.relation()),
                isNew,
                form.version(),
                visit.mayWrite() && keeper.isHere(),
                keeper,
                done(visit),
                problems,
                TextField.of(RELATION, visit.say("clients.number"), form.relation()).hint(visit.say("clients.number.hint")).among(problems),
                TextField.of("name", visit.say("clients.name"), form.name()).hint(visit.say("clients.name.hint")).among(problems),
                form.fields(roles, visit.texts(), problems),
                TextField.of("note", visit.say("mail.note"), form.note()),
                known(visit).offered(),
                saved.map(card -> new ClientModel.Changed(
                        card.changedAt(), card.version(), Href.ofOffice(visit.office(), "/history/" + card.version()).text())),
                status == 409 ? saved.map(card -> theirs(visit, card, roles)) : Optional.empty()));
    }

    private ClientModel.Conflict theirs(Visit visit, StoredCard card, Roles roles) {
        var lines = new ArrayList<String>();
        lines.add(visit.say("clients.name") + ": " + card.name());
        saved(visit, card).fields(roles, visit.texts(), List.of()).stream()
                .filter(role -> !role.isEmpty())
                .map(role -> role.label() + ": " + String.join(", ", role.people().stream().map(ClientModel.PersonField::value).toList()))
                .forEach(lines::add);
        return new ClientModel.Conflict(lines);
    }

    private static Optional<DoneModel> done(Visit visit) {
        var request = visit.request();
        if (request.query("undone").isPresent()) {
            return Optional.of(UndoneVersions.done(visit));
        }
        if (request.query("unchanged").isPresent()) {
            return Optional.of(DoneModel.of(visit.say("mail.unchanged")));
        }
        return request.number("saved", 1, Long.MAX_VALUE / 10).map(version -> visit.mayWrite()
                ? new DoneModel(
                        visit.say("mail.saved", version), Href.ofOffice(visit.office(), ClientsPage.PATH + "/undo").text(), List.of(version))
                : DoneModel.of(visit.say("mail.saved", version)));
    }

    private Answer askToDelete(Visit visit) throws SQLException {
        var relation = visit.request().query(RELATION).flatMap(RelationId::parse);
        var card = relation.isPresent() && mayChange(visit)
                ? services.store().cards().card(visit.office(), relation.get())
                : Optional.<StoredCard>empty();
        return card.isEmpty()
                ? visit.notFound()
                : visit.page(200, "client-delete", new ClientDeleteModel(
                        base(visit), card.get().relation().text(), card.get().name(), href(visit.office(), card.get().relation()).text()));
    }

    private Answer delete(Visit visit) throws SQLException {
        if (!mayChange(visit)) {
            return Answer.seeOther(base(visit));
        }
        var relation = RelationId.parse(visit.request().form().text(RELATION));
        if (relation.isEmpty()) {
            return visit.notFound();
        }
        var result = services.store().cards().delete(visit.office(), relation.get(), new Precondition.None(), visit.author(""));
        return switch (result) {
            case ChangeResult.Changed(var version, _) ->
                Answer.seeOther(Href.ofOffice(visit.office(), ClientsPage.PATH).with("deleted", version).text());
            case ChangeResult.Missing _, ChangeResult.Unchanged _, ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Conflict _ ->
                Answer.seeOther(base(visit));
        };
    }
}
