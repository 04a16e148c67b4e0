package facteur.console;

import facteur.mail.returned.Trouble;
import facteur.mail.smtp.Address;
import facteur.notice.TroubleWords;
import facteur.office.OfficeId;
import facteur.spool.BadAddress;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Addresses of an office's clients that don't work. They are in the relay's database, wherever cards are kept. Thread-safe.
record AddressesPage(Services services) {
    private static final String PATH = ClientsPage.PATH + "/addresses";
    private static final String FORGET = PATH + "/forget";
    private static final String FIELD = "address";
    private static final int PAGE = 50;

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, this::list), Page.change(FORGET, this::forget));
    }

    /// Where the list is; empty where letters have no return address and never had.
    static Optional<String> link(Visit visit, Services services) throws SQLException {
        return visit.rules().returns().isPresent() || !page(services, visit.office(), Optional.empty(), 1).isEmpty()
                ? Optional.of(Href.ofOffice(visit.office(), PATH).text())
                : Optional.empty();
    }

    private static List<BadAddress> page(Services services, OfficeId office, Optional<String> after, int limit) throws SQLException {
        try {
            return services.badAddresses().page(office.text(), after, limit);
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private Answer list(Visit visit) throws SQLException {
        var base = Href.ofOffice(visit.office(), PATH);
        var after = visit.request().query("after").flatMap(Address::parse).map(Address::toString);
        var found = page(services, visit.office(), after, PAGE + 1);
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        var plain = TroubleWords.in(visit.texts().language());
        return visit.page(200, "addresses", new AddressesModel(
                Href.ofOffice(visit.office(), ClientsPage.PATH).text(),
                Href.ofOffice(visit.office(), FORGET).text(),
                visit.rights().writes(visit.office()),
                forgotten(visit),
                shown.stream().map(bad -> row(visit, bad, plain)).toList(),
                found.size() > PAGE ? Optional.of(base.with("after", shown.getLast().address()).text()) : Optional.empty(),
                after.map(_ -> base.text())));
    }

    /// The address of a page names what happened; only one that isn't there can have been taken off.
    private Optional<String> forgotten(Visit visit) throws SQLException {
        var address = visit.request().query("forgotten").flatMap(Address::parse);
        try {
            return address.isPresent() && services.badAddresses().find(visit.office().text(), List.of(address.get())).isEmpty()
                    ? address.map(Address::toString)
                    : Optional.empty();
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private static AddressesModel.Row row(Visit visit, BadAddress bad, TroubleWords plain) {
        return new AddressesModel.Row(
                bad.address(),
                Href.ofOffice(visit.office(), "/log").with("address", bad.address()).text(),
                bad.since(),
                bad.lastAt(),
                bad.count(),
                plain.why(Trouble.of(bad.status(), bad.diagnostic()), bad.address()),
                bad.diagnostic());
    }

    /// Twice is as good as once.
    private Answer forget(Visit visit) throws SQLException, IOException {
        var address = Address.parse(visit.request().form().text(FIELD));
        if (address.isEmpty()) {
            return visit.notFound();
        }
        try {
            if (services.badAddresses().forget(visit.office().text(), address.get())) {
                services.acts().record(visit.operator(), "addresses forget " + address.get() + " --office " + visit.office());
            }
        } catch (SpoolException e) {
            throw e.database();
        }
        return Answer.seeOther(Href.ofOffice(visit.office(), PATH).with("forgotten", address.get().toString()).text());
    }
}
