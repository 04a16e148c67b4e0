package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.store.CardsResult;
import facteur.store.ChangeResult;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/o/{office}/people/person`: name and address of one who is listed. Thread-safe.
record PersonPage(Services services) {
    private static final String PATH = PeoplePage.PATH + "/person";
    private static final String ADDRESS = PeoplePage.ADDRESS;

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, this::show), Page.change(PATH, this::change));
    }

    static Href href(Visit visit, String address) {
        return Href.ofOffice(visit.office(), PATH).with(ADDRESS, address);
    }

    private Answer show(Visit visit) throws SQLException {
        var person = listed(visit, visit.request().query(ADDRESS).orElse(""));
        return person.isEmpty()
                ? visit.notFound()
                : page(visit, 200, person.get(), person.get().name(), person.get().address().toString(), true, List.of());
    }

    /// Who may be changed by who asks.
    private Optional<Mailbox> listed(Visit visit, String address) throws SQLException {
        var known = visit.mayWrite() ? KnownPeople.of(visit, services) : Optional.<KnownPeople>empty();
        return known.flatMap(people -> people.find(address).filter(people::isListed));
    }

    private Answer page(
            Visit visit, int status, Mailbox person, String name, String address, boolean isOnCardsToo, List<FieldProblem> problems)
            throws SQLException {
        var onCards = CardKeeper.of(visit, services).isHere()
                ? KnownPeople.of(visit, services).map(known -> known.onCards(person).cards()).orElse(0L)
                : 0;
        return visit.page(status, "person", new PersonModel(
                PeoplePage.href(visit).text(),
                person.address().toString(),
                person.name().isEmpty() ? person.address().toString() : person.name(),
                problems,
                TextField.of("name", visit.say("people.name"), name).among(problems),
                TextField.of(ADDRESS, visit.say("people.address"), address).type("email").among(problems),
                onCards == 0 ? "" : visit.say("people.change.cards", onCards),
                isOnCardsToo));
    }

    private Answer change(Visit visit) throws SQLException {
        var form = visit.request().form();
        var found = listed(visit, form.text("was"));
        if (found.isEmpty()) {
            return visit.notFound();
        }
        var was = found.get();
        var name = form.text("name").strip();
        var address = form.text(ADDRESS).strip();
        var isOnCardsToo = form.has("cards");
        return switch (TypedPerson.read(name, address)) {
            case TypedPerson.Wrong(var field, var key) ->
                page(visit, 422, was, name, address, isOnCardsToo, List.of(new FieldProblem(field, visit.say(key, address))));
            case TypedPerson.Right(var person) -> {
                var isTwice = !person.address().isSameMailbox(was.address()) && listed(visit, person.address().toString()).isPresent();
                yield isTwice
                        ? page(visit, 422, was, name, address, isOnCardsToo, List.of(
                                new FieldProblem(ADDRESS, visit.say("error.person.twice", person.address().toString()))))
                        : change(visit, was, person, isOnCardsToo);
            }
        };
    }

    private Answer change(Visit visit, Mailbox was, Mailbox person, boolean isOnCardsToo) throws SQLException {
        var result = new ListedPeople(services.store().settings()).replace(visit.office(), was.address(), person, visit.author(""));
        var done = PeoplePage.href(visit);
        switch (result) {
            case ChangeResult.Changed(var version, _) -> done = done.with("saved", version);
            case ChangeResult.Unchanged _ -> {}
            case ChangeResult.Missing _ -> {
                return visit.notFound();
            }
            case ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Conflict _ -> {
                return page(visit, 409, was, person.name(), person.address().toString(), isOnCardsToo,
                        List.of(new FieldProblem("", visit.say("people.again"))));
            }
        }
        if (isOnCardsToo && CardKeeper.of(visit, services).isHere()) {
            var replaced = services.store().cards().replacePerson(visit.office(), was.address(), Optional.of(person), Set.of(), visit.author(""));
            if (replaced instanceof CardsResult.Written(var counts) && counts.changed() > 0) {
                done = done.with("cards", counts.version());
            }
        }
        return Answer.seeOther(done.text().equals(PeoplePage.href(visit).text()) ? done.with("unchanged", "yes").text() : done.text());
    }
}
