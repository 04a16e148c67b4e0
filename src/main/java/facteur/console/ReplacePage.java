package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.store.CardsResult;
import facteur.store.ChangeResult;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/o/{office}/people/replace`: puts one person in the place of another on all cards, or leaves the place empty. Thread-safe.
record ReplacePage(Services services) {
    private static final String PATH = PeoplePage.PATH + "/replace";
    private static final String ADDRESS = PeoplePage.ADDRESS;
    private static final String TO = "to";
    private static final String REMOVE = "remove";

    /// What was chosen.
    private record Wish(boolean isRemoval, boolean isReplaced, String to, String note) {}

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, this::show), Page.change(PATH, this::replace));
    }

    static Href href(Visit visit, String address) {
        return Href.ofOffice(visit.office(), PATH).with(ADDRESS, address);
    }

    private Answer show(Visit visit) throws SQLException {
        var known = visit.mayWrite() ? KnownPeople.of(visit, services) : Optional.<KnownPeople>empty();
        var person = known.flatMap(people -> people.find(visit.request().query(ADDRESS).orElse("")));
        var isRemoval = visit.request().query(REMOVE).isPresent();
        return person.isEmpty()
                ? visit.notFound()
                : page(visit, 200, known.orElseThrow(), person.get(), new Wish(isRemoval, true, "", ""), List.of());
    }

    private Answer page(Visit visit, int status, KnownPeople known, Mailbox person, Wish wish, List<FieldProblem> problems) throws SQLException {
        var onCards = known.onCards(person);
        var keeper = CardKeeper.of(visit, services);
        return visit.page(status, "people-replace", new ReplaceModel(
                PeoplePage.href(visit).text(),
                person.name().isEmpty() ? person.address().toString() : person.name(),
                person.address().toString(),
                wish.isRemoval() && known.isListed(person),
                onCards.cards(),
                PeoplePage.roles(visit, onCards),
                keeper.isHere(),
                keeper.app(),
                problems,
                wish.isReplaced(),
                TextField.of(TO, visit.say("people.replace.by"), wish.to()).hint(visit.say("people.replace.by.hint")).among(problems),
                known.all().stream()
                        .filter(other -> !other.address().isSameMailbox(person.address()))
                        .limit(KnownPeople.MOST_OFFERED)
                        .map(Mailbox::written)
                        .toList(),
                TextField.of("note", visit.say("mail.note"), wish.note())));
    }

    private Answer replace(Visit visit) throws SQLException {
        var form = visit.request().form();
        var known = visit.mayWrite() ? KnownPeople.of(visit, services) : Optional.<KnownPeople>empty();
        var found = known.flatMap(people -> people.find(form.text(ADDRESS)));
        if (found.isEmpty()) {
            return Answer.seeOther(PeoplePage.href(visit).with("unchanged", "yes").text());
        }
        var people = known.orElseThrow();
        var person = found.get();
        var wish = new Wish(form.has(REMOVE), !form.text("how").equals("nobody"), form.text(TO).strip(), form.text("note"));
        if (!CardKeeper.of(visit, services).isHere()) {
            return removed(visit, PeoplePage.href(visit), person.address(), wish);
        }
        var to = Optional.<Mailbox>empty();
        if (wish.isReplaced()) {
            var meant = people.meant(wish.to()).filter(one -> one.size() == 1).map(List::getFirst);
            var problem = meant.isEmpty()
                    ? Optional.of(visit.say(wish.to().isEmpty() ? "people.replace.missing" : "error.address.invalid", wish.to()))
                    : meant.filter(other -> other.address().isSameMailbox(person.address())).map(_ -> visit.say("people.replace.same"));
            if (problem.isPresent()) {
                return page(visit, 422, people, person, wish, List.of(new FieldProblem(TO, problem.get())));
            }
            to = meant;
        }
        var result = services.store().cards().replacePerson(visit.office(), person.address(), to, Set.of(), visit.author(wish.note()));
        return switch (result) {
            case CardsResult.Written(var counts) -> removed(
                    visit, counts.changed() > 0 ? PeoplePage.href(visit).with("cards", counts.version()) : PeoplePage.href(visit), person.address(),
                    wish);
            case CardsResult.Missing _ -> visit.notFound();
            case CardsResult.Busy _, CardsResult.Conflict _, CardsResult.Refused _, CardsResult.TooMany _, CardsResult.WouldDelete _ ->
                page(visit, 409, people, person, wish, List.of(new FieldProblem("", visit.say("clients.undo.not-now"))));
        };
    }

    /// The list comes second: with the cards done, there is nothing that could be left half.
    private Answer removed(Visit visit, Href done, Address person, Wish wish) throws SQLException {
        if (!wish.isRemoval()) {
            return Answer.seeOther(done.text());
        }
        var result = new ListedPeople(services.store().settings()).remove(visit.office(), person, visit.author(wish.note()));
        return Answer.seeOther(result instanceof ChangeResult.Changed(var version, _) ? done.with("saved", version).text() : done.text());
    }
}
