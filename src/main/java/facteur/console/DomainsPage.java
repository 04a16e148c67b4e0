package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DomainDesk;
import facteur.domain.DomainState;
import facteur.domain.DomainText;
import facteur.mail.smtp.Address;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeSettings;
import facteur.platform.dns.PublicSuffixes;
import facteur.platform.idna.DomainName;
import facteur.settings.FreeMail;
import facteur.web.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The domains under which an office wants to write: a list, and one more. Claims are kept in the relay's database, wherever settings are.
/// Thread-safe.
final class DomainsPage {
    private static final String FIELD = "domain";

    private final Services services;

    DomainsPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice("/domains", this::show), Page.change("/domains", this::add));
    }

    static String path(Visit visit) {
        return "/o/" + visit.office().text() + "/domains";
    }

    private Answer show(Visit visit) throws SQLException {
        return page(visit, 200, "", Optional.empty(), List.of());
    }

    private Answer page(Visit visit, int status, String typed, Optional<String> meant, List<FieldProblem> problems) throws SQLException {
        var claims = visit.rules().desk().of(visit.office());
        var words = DomainWords.of(visit);
        var now = services.time().instant();
        var rows = claims.stream().map(claim -> new DomainsModel.Row(
                DomainName.unicode(claim.domain()),
                path(visit) + "/" + claim.domain(),
                words.brief(claim.state()),
                claim.state().since(),
                words.next(claim, now)));
        var field = TextField.of(FIELD, visit.say("domains.field"), typed).hint(visit.say("domains.field.hint")).among(problems);
        var mayAdd = visit.rights().writes(visit.office());
        return visit.page(status, "domains", new DomainsModel(
                rows.toList(),
                words.shared(),
                Optional.of(field).filter(_ -> mayAdd),
                problems,
                meant,
                mayAdd ? offered(visit, claims) : List.of(),
                removed(visit, claims)));
    }

    /// The address of a page names what happened; only a domain that isn't there can have been removed.
    private static Optional<String> removed(Visit visit, List<Claim> claims) {
        return visit.request().query("removed")
                .flatMap(text -> DomainText.read(text) instanceof DomainText.Domain(var domain) ? Optional.of(domain) : Optional.empty())
                .filter(domain -> claims.stream().noneMatch(claim -> claim.domain().equals(domain)))
                .map(DomainName::unicode);
    }

    /// Of each From first, then of the company.
    private static List<String> offered(Visit visit, List<Claim> claims) {
        if (!(visit.rules().settings().office(visit.office()) instanceof Lookup.Found<OfficeSettings>(var settings, _))) {
            return List.of();
        }
        return Stream.concat(froms(settings), Stream.of(settings.company().address()))
                .filter(address -> refusal(visit, address.asciiDomain()).isEmpty())
                .filter(address -> visit.rules().decider().stateOf(visit.office(), address).filter(DomainState::isUsable).isEmpty())
                .map(Address::asciiDomain)
                .distinct()
                .filter(domain -> claims.stream().noneMatch(claim -> claim.domain().equals(domain)))
                .toList();
    }

    static Stream<Address> froms(OfficeSettings settings) {
        return Stream.concat(
                settings.from().stream(),
                settings.contexts().values().stream().map(ContextSettings::from).flatMap(Optional::stream))
                .map(OfficeFrom::address);
    }

    private Answer add(Visit visit) throws SQLException, IOException {
        var typed = visit.request().form().text(FIELD).strip();
        if (typed.isEmpty()) {
            return refused(visit, typed, visit.say("domains.missing"));
        }
        return switch (DomainText.read(typed)) {
            case DomainText.Bad _ -> refused(visit, typed, visit.say("domains.invalid", typed));
            case DomainText.Meant(var domain) -> asked(visit, typed, domain);
            case DomainText.Domain(var domain) when domain.startsWith("www.") -> asked(visit, typed, domain.substring(4));
            case DomainText.Domain(var domain) -> add(visit, typed, domain);
        };
    }

    private Answer asked(Visit visit, String typed, String domain) throws SQLException {
        var refusal = refusal(visit, domain);
        if (refusal.isPresent()) {
            return refused(visit, typed, refusal.get());
        }
        var question = visit.say("error.domain.url", DomainName.unicode(domain));
        return page(visit, 422, typed, Optional.of(domain), List.of(new FieldProblem(FIELD, question)));
    }

    private Answer add(Visit visit, String typed, String domain) throws SQLException, IOException {
        var refusal = refusal(visit, domain);
        if (refusal.isPresent()) {
            return refused(visit, typed, refusal.get());
        }
        var desk = visit.rules().desk();
        var claims = desk.of(visit.office());
        var page = path(visit) + "/" + domain;
        if (claims.stream().anyMatch(claim -> claim.domain().equals(domain))) {
            return Answer.seeOther(page);
        }
        if (DomainDesk.isFull(claims)) {
            return refused(visit, typed, visit.say("domains.full", DomainDesk.MOST_PENDING));
        }
        var claim = desk.add(domain, visit.office());
        services.acts().record(visit.operator(), "domain add " + claim.domain() + " --office " + visit.office());
        return Answer.seeOther(page + "?added");
    }

    private Answer refused(Visit visit, String typed, String why) throws SQLException {
        return page(visit, 422, typed, Optional.empty(), List.of(new FieldProblem(FIELD, why)));
    }

    /// Why no office can have it for its own; empty when one can.
    private static Optional<String> refusal(Visit visit, String domain) {
        if (visit.rules().reader().sharedAddress().asciiDomain().equals(domain)) {
            return Optional.of(visit.say("error.from.relay", DomainName.unicode(domain)));
        }
        if (domain.indexOf('.') < 0) {
            return Optional.of(visit.say("domains.invalid", domain));
        }
        return PublicSuffixes.packed().has(domain) || FreeMail.has(Address.of("any@" + domain))
                ? Optional.of(visit.say("error.domain.public", DomainName.unicode(domain)))
                : Optional.empty();
    }
}
