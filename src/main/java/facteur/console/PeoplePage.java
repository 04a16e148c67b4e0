package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.store.CardPerson;
import facteur.store.ChangeResult;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `/o/{office}/people`: who may be a sender, and on how many cards each stands. Thread-safe.
record PeoplePage(Services services) {
    static final String PATH = "/people";
    static final String ADDRESS = "address";
    private static final String NAME = "name";

    /// Of those who stand on cards alone: an app may have put any number there.
    private static final int MOST_SHOWN = 500;

    List<Page> pages() {
        return List.of(
                Page.ofOffice(PATH, visit -> page(visit, 200, List.of(), "", "")),
                Page.change(PATH + "/senders", this::senders),
                Page.change(PATH + "/add", this::add),
                Page.change(PATH + "/remove", this::remove),
                Page.change(PATH + "/undo", visit -> new UndoneVersions(services.store().history()).answer(visit, () -> href(visit))));
    }

    static Href href(Visit visit) {
        return Href.ofOffice(visit.office(), PATH);
    }

    private ListedPeople listed() {
        return new ListedPeople(services.store().settings());
    }

    private Answer page(Visit visit, int status, List<FieldProblem> problems, String name, String address) throws SQLException {
        var people = KnownPeople.of(visit, services);
        if (people.isEmpty()) {
            return visit.away();
        }
        var known = people.get();
        var base = href(visit);
        var others = known.onCards().stream().filter(person -> !known.isListed(person.mailbox())).toList();
        return visit.page(status, "people", new PeopleModel(
                base.text(),
                visit.mayWrite(),
                visit.mayWrite() && CardKeeper.of(visit, services).isHere(),
                visit.keptElsewhere(),
                done(visit),
                problems,
                !known.listed().isEmpty(),
                known.listed().stream().map(person -> row(visit, known.onCards(person), person)).toList(),
                others.stream().limit(MOST_SHOWN).map(person -> row(visit, person, person.mailbox())).toList(),
                others.size(),
                known.onCards().size(),
                TextField.of(NAME, visit.say("people.name"), name).among(problems),
                TextField.of(ADDRESS, visit.say("people.address"), address).type("email").among(problems)));
    }

    private static PeopleModel.Row row(Visit visit, CardPerson onCards, Mailbox person) {
        var address = person.address().toString();
        return new PeopleModel.Row(
                person.name().isEmpty() ? address : person.name(),
                person.name(),
                address,
                onCards.cards() == 0 ? "" : visit.say("people.cards", onCards.cards()),
                roles(visit, onCards),
                Href.ofOffice(visit.office(), ClientsPage.PATH).with("person", address).text(),
                PersonPage.href(visit, address).text(),
                ReplacePage.href(visit, address).text());
    }

    /// `Collaborator 200, Partner 12`.
    static String roles(Visit visit, CardPerson person) {
        var roles = visit.rules().roles();
        return roles.list().stream()
                .filter(person.roles()::containsKey)
                .map(role -> visit.say("people.role", roles.label(role, visit.texts().language()), person.roles().getOrDefault(role, 0L)))
                .collect(Collectors.joining(", "));
    }

    private Optional<DoneModel> done(Visit visit) throws SQLException {
        var request = visit.request();
        if (request.query("undone").isPresent()) {
            return Optional.of(UndoneVersions.done(visit));
        }
        if (request.query("unchanged").isPresent()) {
            return Optional.of(DoneModel.of(visit.say("mail.unchanged")));
        }
        var cards = request.number("cards", 1, Long.MAX_VALUE / 10);
        var saved = request.number("saved", 1, Long.MAX_VALUE / 10);
        var text = new ArrayList<String>();
        if (cards.isPresent()) {
            var count = services.store().history().version(visit.office(), cards.get()).map(found -> found.version().cards()).orElse(0L);
            text.add(visit.say("people.replaced", count, cards.get()));
        }
        saved.ifPresent(version -> text.add(visit.say("mail.saved", version)));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        // Cards first: settings are taken back only while they are the newest.
        var versions = new ArrayList<Long>();
        saved.ifPresent(versions::add);
        cards.ifPresent(versions::add);
        return Optional.of(new DoneModel(
                String.join(" ", text), href(visit).text() + "/undo", visit.mayWrite() ? versions : List.of()));
    }

    private Answer senders(Visit visit) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        var known = KnownPeople.of(visit, services);
        if (known.isEmpty()) {
            return visit.away();
        }
        return switch (visit.request().form().text("senders")) {
            case "anybody" -> saved(visit, listed().clear(visit.office(), visit.author("")), "", "");
            case "listed" -> only(visit, known.get());
            default -> visit.notFound();
        };
    }

    /// A list can't be empty: it begins with those on cards.
    private Answer only(Visit visit, KnownPeople known) throws SQLException {
        if (!known.listed().isEmpty()) {
            return Answer.seeOther(href(visit).with("unchanged", "yes").text());
        }
        if (known.onCards().isEmpty()) {
            return page(visit, 422, List.of(new FieldProblem(ADDRESS, visit.say("people.first"))), "", "");
        }
        var people = known.onCards().stream().map(CardPerson::mailbox).toList();
        return saved(visit, listed().addAll(visit.office(), people, visit.author("")), "", "");
    }

    private Answer add(Visit visit) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        var form = visit.request().form();
        var name = form.text(NAME).strip();
        var address = form.text(ADDRESS).strip();
        var known = KnownPeople.of(visit, services);
        if (known.isEmpty()) {
            return visit.away();
        }
        return switch (TypedPerson.read(name, address)) {
            case TypedPerson.Wrong(var field, var key) -> page(visit, 422, List.of(new FieldProblem(field, visit.say(key, address))), name, address);
            case TypedPerson.Right(var person) -> known.get().isListed(person)
                    ? page(visit, 422, List.of(new FieldProblem(ADDRESS, visit.say("error.person.twice", person.address().toString()))), name,
                            address)
                    : saved(visit, listed().add(visit.office(), person, visit.author("")), name, address);
        };
    }

    private Answer saved(Visit visit, ChangeResult result, String name, String address) throws SQLException {
        return switch (result) {
            case ChangeResult.Changed(var version, _) -> Answer.seeOther(href(visit).with("saved", version).text());
            case ChangeResult.Unchanged _ -> Answer.seeOther(href(visit).with("unchanged", "yes").text());
            case ChangeResult.Invalid _ -> page(visit, 422, List.of(new FieldProblem("", visit.say("people.unusable"))), name, address);
            case ChangeResult.Stale _, ChangeResult.Conflict _ ->
                page(visit, 409, List.of(new FieldProblem("", visit.say("people.again"))), name, address);
            case ChangeResult.Missing _ -> visit.notFound();
        };
    }

    /// Who stands on cards is replaced there first.
    private Answer remove(Visit visit) throws SQLException {
        if (!visit.mayWrite()) {
            return visit.notFound();
        }
        var known = KnownPeople.of(visit, services);
        if (known.isEmpty()) {
            return visit.away();
        }
        var person = known.get().find(visit.request().form().text(ADDRESS));
        if (person.isEmpty() || !known.get().isListed(person.get())) {
            return Answer.seeOther(href(visit).with("unchanged", "yes").text());
        }
        var address = person.get().address();
        return known.get().onCards(person.get()).cards() > 0
                ? Answer.seeOther(ReplacePage.href(visit, address.toString()).with("remove", "yes").text())
                : saved(visit, listed().remove(visit.office(), address, visit.author("")), "", "");
    }
}
