package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DomainState;
import facteur.mail.message.Mailbox;
import facteur.office.ContextName;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeSettings;
import facteur.platform.idna.DomainName;
import facteur.web.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a claim on a domain up, once it was said what letters will look like. Thread-safe.
final class RemoveDomainPage {
    private static final String PATH = "/domains/{domain}/remove";

    private final Services services;

    RemoveDomainPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(Page.ofOffice(PATH, RemoveDomainPage::ask), Page.change(PATH, this::remove));
    }

    private static Optional<Claim> claim(Visit visit) throws SQLException {
        return visit.rules().desk().find(visit.office(), visit.request().variable("domain"));
    }

    private static Answer ask(Visit visit) throws SQLException {
        var claim = claim(visit);
        if (claim.isEmpty() || !visit.rights().writes(visit.office())) {
            return visit.notFound();
        }
        var domain = claim.get().domain();
        var letters = visit.rules().settings().office(visit.office()) instanceof Lookup.Found<OfficeSettings>(var settings, _)
                ? letters(visit, settings, domain)
                : List.<RemoveDomainModel.Letter>of();
        return visit.page(200, "domain-remove", new RemoveDomainModel(
                DomainName.unicode(domain), DomainsPage.path(visit) + "/" + domain, letters, visit.rules().reader().sharedAddress().toString()));
    }

    /// Those that leave under the domain today.
    private static List<RemoveDomainModel.Letter> letters(Visit visit, OfficeSettings settings, String domain) {
        var letters = new ArrayList<RemoveDomainModel.Letter>();
        settings.from().flatMap(from -> letter(visit, settings, from, domain, visit.say("mail.kind.none"))).ifPresent(letters::add);
        settings.contexts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(ContextName::text)))
                .forEach(kind -> kind.getValue().from()
                        .flatMap(from -> letter(visit, settings, from, domain, Kinds.label(visit.texts(), kind.getKey().text())))
                        .ifPresent(letters::add));
        return letters;
    }

    private static Optional<RemoveDomainModel.Letter> letter(
            Visit visit, OfficeSettings settings, OfficeFrom from, String domain, String kind) {
        var isUsed = from.address().asciiDomain().equals(domain)
                && visit.rules().decider().stateOf(visit.office(), from.address()).filter(DomainState::isUsable).isPresent();
        return isUsed
                ? Optional.of(new RemoveDomainModel.Letter(
                        kind,
                        new Mailbox(from.name().orElse(settings.company().name()), from.address()).toString(),
                        then(visit, settings)))
                : Optional.empty();
    }

    private static String then(Visit visit, OfficeSettings settings) {
        return switch (settings.whenUnverified()) {
            case FALLBACK -> new Mailbox(settings.company().name(), visit.rules().reader().sharedAddress()).toString();
            case REFUSE -> visit.say("domains.remove.refused");
        };
    }

    private Answer remove(Visit visit) throws SQLException, IOException {
        var claim = claim(visit);
        if (claim.isEmpty() || !visit.rules().desk().remove(claim.get().domain(), visit.office())) {
            return visit.notFound();
        }
        services.acts().record(visit.operator(), "domain remove " + claim.get().domain() + " --office " + visit.office());
        return Answer.seeOther(DomainsPage.path(visit) + "?removed=" + claim.get().domain());
    }
}
