package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.settings.RelationsCsvWriter;
import facteur.store.CardFilter;
import facteur.store.CardListing;
import facteur.store.CardStore;
import facteur.store.ChangeResult;
import facteur.store.StoredCard;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/o/{office}/clients`: the list of clients, as a page and as a file, and who keeps their cards. Thread-safe.
record ClientsPage(Services services) {
    static final String PATH = "/clients";
    private static final int PAGE = 50;

    /// Counted as far as this.
    private static final int MOST_COUNTED = 1_000;

    private static final String SPREADSHEET = "spreadsheet";

    List<Page> pages() {
        return List.of(
                Page.ofOffice(PATH, this::list),
                Page.ofOffice(PATH + ".csv", this::csv),
                Page.change(PATH + "/keeper", this::keeper),
                Page.change(PATH + "/undo", this::undo));
    }

    private CardStore cards() {
        return services.store().cards();
    }

    private Answer list(Visit visit) throws SQLException {
        var keeper = CardKeeper.of(visit, services);
        var base = Href.ofOffice(visit.office(), PATH);
        if (keeper.isElsewhere()) {
            return visit.page(200, "clients-elsewhere",
                    new ClientsElsewhereModel(base.text(), keeper.app(), List.of(), "", AddressesPage.link(visit, services)));
        }
        var roles = visit.rules().roles();
        var filter = filter(visit, roles);
        var after = visit.request().query("after").flatMap(RelationId::parse);
        var found = cards().cards(visit.office(), filter, after, PAGE + 1);
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        var total = cards().count(visit.office());
        var here = filtered(base, filter);
        var csv = filtered(Href.ofOffice(visit.office(), PATH + ".csv"), filter);
        return visit.page(200, "clients", new ClientsModel(
                base.text(),
                keeper,
                visit.mayWrite() && keeper.isHere(),
                done(visit),
                total == 0,
                !filter.equals(CardFilter.ALL),
                counted(visit, filter, total),
                filter.text().orElse(""),
                roles.list().stream().map(role -> option(role.name(), label(visit, roles, role), filter.emptyRole().map(Role::name))).toList(),
                people(visit, filter.person()),
                roles.list().stream().map(role -> label(visit, roles, role)).toList(),
                shown.stream().map(card -> row(base, card, roles)).toList(),
                found.size() > PAGE ? Optional.of(here.with("after", shown.getLast().relation().text()).text()) : Optional.empty(),
                after.map(_ -> here.text()),
                csv.text(),
                csv.with("for", SPREADSHEET).text(),
                AddressesPage.link(visit, services)));
    }

    private static CardFilter filter(Visit visit, Roles roles) {
        return new CardFilter(
                visit.request().query("q").map(String::strip).filter(text -> !text.isEmpty()),
                visit.request().query("person").flatMap(Address::parse).map(Address::toString),
                visit.request().query("empty").flatMap(roles::find));
    }

    private static Href filtered(Href page, CardFilter filter) {
        return page.with("q", filter.text().orElse(""))
                .with("person", filter.person().orElse(""))
                .with("empty", filter.emptyRole().map(Role::name).orElse(""));
    }

    private String counted(Visit visit, CardFilter filter, long total) throws SQLException {
        if (filter.equals(CardFilter.ALL)) {
            return visit.say("clients.count", total);
        }
        var fit = cards().count(visit.office(), filter, MOST_COUNTED + 1);
        var isExact = fit <= MOST_COUNTED || filter.text().isEmpty() && filter.person().isEmpty();
        return isExact ? visit.say("clients.found", fit, total) : visit.say("clients.found.more", MOST_COUNTED, total);
    }

    private List<ClientsModel.Option> people(Visit visit, Optional<String> chosen) throws SQLException {
        var onCards = cards().people(visit.office()).stream()
                .limit(KnownPeople.MOST_OFFERED)
                .map(person -> option(person.mailbox().address().toString(), person.mailbox().toString(), chosen))
                .toList();
        var isKnown = chosen.isEmpty() || onCards.stream().anyMatch(ClientsModel.Option::isChosen);
        return isKnown ? onCards : Stream.concat(chosen.stream().map(one -> option(one, one, chosen)), onCards.stream()).toList();
    }

    private static ClientsModel.Option option(String value, String text, Optional<String> chosen) {
        return new ClientsModel.Option(value, text, chosen.filter(value::equalsIgnoreCase).isPresent());
    }

    private static String label(Visit visit, Roles roles, Role role) {
        return roles.label(role, visit.texts().language());
    }

    private static ClientsModel.Row row(Href base, StoredCard card, Roles roles) {
        return new ClientsModel.Row(
                card.relation().text(),
                new Href(base.text() + "/card").with("relation", card.relation().text()).text(),
                card.name(),
                roles.list().stream().map(role -> names(card.people().getOrDefault(role, List.of()))).toList());
    }

    private static String names(List<Mailbox> people) {
        return people.stream()
                .map(person -> person.name().isEmpty() ? person.address().toString() : person.name())
                .collect(Collectors.joining(", "));
    }

    private Optional<DoneModel> done(Visit visit) throws SQLException {
        var request = visit.request();
        if (request.query("undone").isPresent()) {
            return Optional.of(UndoneVersions.done(visit));
        }
        var imported = request.number("imported", 1, Long.MAX_VALUE / 10);
        if (imported.isPresent()) {
            return Optional.of(imported(visit, imported.get()));
        }
        var deleted = request.number("deleted", 1, Long.MAX_VALUE / 10);
        if (deleted.isPresent()) {
            return Optional.of(undoable(visit, visit.say("clients.deleted", deleted.get()), deleted.get()));
        }
        return request.query("keeper").flatMap(word -> switch (word) {
            case "people" -> Optional.of(DoneModel.of(visit.say("clients.taken-over")));
            case "apps" -> Optional.of(DoneModel.of(visit.say("clients.given-back")));
            default -> Optional.empty();
        });
    }

    private DoneModel imported(Visit visit, long number) throws SQLException {
        var skipped = visit.request().number("skipped", 1, Integer.MAX_VALUE).map(lines -> " " + visit.say("clients.imported.skipped", lines));
        var kept = visit.request().query("kept").map(_ -> " " + visit.say("clients.imported.kept"));
        var changed = services.store().history().version(visit.office(), number).map(detail -> detail.version().cards()).orElse(0L);
        var text = visit.say("clients.imported", number, changed) + skipped.orElse("") + kept.orElse("");
        return undoable(visit, text, number);
    }

    private static DoneModel undoable(Visit visit, String text, long version) {
        return visit.mayWrite()
                ? new DoneModel(text, Href.ofOffice(visit.office(), PATH + "/undo").text(), List.of(version))
                : DoneModel.of(text);
    }

    /// Exact for programs; for spreadsheets, no cell is a formula.
    private Answer csv(Visit visit) throws SQLException {
        if (visit.keptElsewhere().isPresent()) {
            return visit.notFound();
        }
        var roles = visit.rules().roles();
        var cards = new CardListing(cards(), visit.office(), filter(visit, roles), Optional.empty(), Optional.empty());
        var isForPeople = visit.request().query("for").filter(SPREADSHEET::equals).isPresent();
        var reader = isForPeople ? RelationsCsvWriter.Reader.SPREADSHEET : RelationsCsvWriter.Reader.PROGRAM;
        return Answer.written(200, "text/csv; charset=utf-8; header=present", out -> cards.writeTo(out, roles, reader))
                .with("Content-Disposition", "attachment; filename=\"" + (isForPeople ? "clients-spreadsheet.csv" : "clients.csv") + "\"")
                .with("Cache-Control", "no-store");
    }

    private Answer keeper(Visit visit) throws SQLException {
        if (visit.keptElsewhere().isPresent()) {
            return visit.notFound();
        }
        var list = Href.ofOffice(visit.office(), PATH);
        var wanted = visit.request().form().text("keeper");
        var result = switch (wanted) {
            case "people" -> cards().takeOver(visit.office(), visit.author(""));
            case "apps" -> cards().giveBack(visit.office(), visit.author(""));
            default -> new ChangeResult.Missing();
        };
        return result instanceof ChangeResult.Missing ? visit.notFound() : Answer.seeOther(list.with("keeper", wanted).text());
    }

    private Answer undo(Visit visit) throws SQLException {
        return new UndoneVersions(services.store().history()).answer(visit, () -> back(visit));
    }

    /// To the card that was changed, if it is still there.
    private Href back(Visit visit) throws SQLException {
        var relation = RelationId.parse(visit.request().form().text("relation"));
        return relation.isPresent() && cards().card(visit.office(), relation.get()).isPresent()
                ? ClientPage.href(visit.office(), relation.get())
                : Href.ofOffice(visit.office(), PATH);
    }
}
