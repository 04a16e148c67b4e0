package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DomainState;
import facteur.platform.idna.DomainName;
import facteur.web.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The domains of all offices: those that need attention first. Immutable.
record AllDomainsPage(Services services) {
    private static final String PATH = "/domains";
    private static final int ROWS = 50;
    private static final String SEARCH = "q";
    private static final String STATE = "state";
    private static final String FROM = "from";
    private static final String DOMAIN = "domain";
    private static final String OFFICE = "office";

    /// The worst first.
    private static final List<String> STATES = List.of("failed", "suspended", "degraded", "unconfirmed", "pending", "verified");

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SEE_ALL, this::list),
                Page.post(PATH + "/look", Page.Need.OPERATE, this::look));
    }

    private Answer list(Visit visit) throws SQLException {
        var request = visit.request();
        var query = request.query(SEARCH).orElse("").strip();
        var state = request.query(STATE).filter(STATES::contains).orElse("");
        var from = request.query(FROM).filter(text -> text.matches("\\d{1,6}")).map(Integer::parseInt).orElse(0);
        var fitting = visit.rules().desk().list().stream()
                .filter(claim -> fits(claim, query.toLowerCase(Locale.ROOT)) && (state.isEmpty() || claim.state().word().equals(state)))
                .sorted(Comparator.<Claim>comparingInt(claim -> STATES.indexOf(claim.state().word())).thenComparing(Claim::domain))
                .toList();
        var model = new AllDomainsModel(
                message(visit),
                visit.rights().operates(),
                TextField.of(SEARCH, visit.say("all-domains.search"), query),
                states(visit, state),
                !query.isEmpty() || !state.isEmpty(),
                fitting.stream().skip(from).limit(ROWS).map(claim -> row(visit, claim)).toList(),
                fitting.size(),
                services.operations().trustedDomains().stream().sorted().map(DomainName::shown).toList(),
                from + ROWS < fitting.size() ? Optional.of(href(query, state, from + ROWS)) : Optional.empty(),
                from > 0 ? Optional.of(href(query, state, 0)) : Optional.empty(),
                query,
                state);
        return visit.page(200, "all-domains", model);
    }

    private static boolean fits(Claim claim, String query) {
        return claim.domain().contains(query) || DomainName.unicode(claim.domain()).contains(query) || claim.office().text().contains(query);
    }

    private static String href(String query, String state, int from) {
        var parts = new ArrayList<String>();
        if (!query.isEmpty()) {
            parts.add(SEARCH + "=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        }
        if (!state.isEmpty()) {
            parts.add(STATE + "=" + state);
        }
        if (from > 0) {
            parts.add(FROM + "=" + from);
        }
        return parts.isEmpty() ? PATH : PATH + "?" + String.join("&", parts);
    }

    private static QueueModel.Choice states(Visit visit, String chosen) {
        var options = new ArrayList<QueueModel.Option>();
        options.add(new QueueModel.Option("", visit.say("queue.any"), chosen.isEmpty()));
        STATES.forEach(word -> options.add(new QueueModel.Option(word, visit.say("all-domains.state." + word), word.equals(chosen))));
        return new QueueModel.Choice(STATE, visit.say("queue.state"), options);
    }

    private static AllDomainsModel.Row row(Visit visit, Claim claim) {
        return new AllDomainsModel.Row(
                claim.domain(),
                DomainName.shown(claim.domain()),
                claim.office().text(),
                state(visit.texts(), claim.state()),
                claim.state().since(),
                claim.state().reason(),
                claim.checkedAt(),
                claim.nextCheckAt());
    }

    static StateWord state(Texts texts, DomainState state) {
        return new StateWord(texts.of("all-domains.state." + state.word()), switch (state) {
            case DomainState.Verified _ -> StateWord.OK;
            case DomainState.Pending _ -> StateWord.PLAIN;
            case DomainState.Unconfirmed _, DomainState.Degraded _ -> StateWord.WARN;
            case DomainState.Suspended _, DomainState.Failed _ -> StateWord.BAD;
        });
    }

    /// Asks the DNS, and writes down what that comes to; as the command, it is recorded when the state has changed.
    private Answer look(Visit visit) throws SQLException, IOException {
        var form = visit.request().form();
        var claim = claim(visit, form.text(DOMAIN), form.text(OFFICE));
        if (claim.isEmpty()) {
            return visit.notFound();
        }
        var checked = visit.rules().desk().check(claim.get());
        if (!checked.after().state().word().equals(claim.get().state().word())) {
            services.acts().record(visit.operator(), "domain check " + claim.get().domain() + " --office " + claim.get().office());
        }
        var page = href(form.text(SEARCH), form.text(STATE), 0);
        return Answer
                .seeOther(page + (page.contains("?") ? "&" : "?") + "looked=" + claim.get().domain() + "&" + OFFICE + "=" + claim.get().office());
    }

    private static Optional<Claim> claim(Visit visit, String domain, String office) throws SQLException {
        return visit.rules().desk().of(domain).stream().filter(claim -> claim.office().text().equals(office)).findFirst();
    }

    private static Optional<String> message(Visit visit) throws SQLException {
        var looked = visit.request().query("looked");
        if (looked.isEmpty()) {
            return Optional.empty();
        }
        return claim(visit, looked.get(), visit.request().query(OFFICE).orElse(""))
                .map(claim -> visit.say(
                        "all-domains.looked", DomainName.shown(claim.domain()), claim.office(),
                        visit.say("all-domains.state." + claim.state().word())));
    }
}
