package facteur.console;

import facteur.domain.Claim;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.config.Problem;
import facteur.platform.json.JsonValue;
import facteur.store.ChangeResult;
import facteur.store.OfficeSummary;
import facteur.store.Precondition;
import facteur.web.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All offices: who they are, how their messages leave, who keeps their cards; and the way in. Immutable.
record OfficesPage(Services services) {
    private static final String PATH = "/offices";
    private static final int ROWS = 50;
    private static final String SEARCH = "q";
    private static final String ID = "id";
    private static final String COMPANY = "company";
    private static final String ADDRESS = "address";

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SEE_ALL, visit -> show(visit, 200, List.of(), Map.of())),
                Page.post(PATH, Page.Need.OPERATE, this::add));
    }

    private Answer show(Visit visit, int status, List<FieldProblem> problems, Map<String, String> typed) throws SQLException {
        var query = visit.request().query(SEARCH).orElse("").strip();
        var office = OfficeId.parse(query);
        if (visit.keptElsewhere().isPresent() && office.isPresent() && settings(visit, office.get()).isPresent()) {
            return Answer.seeOther("/o/" + office.get().text() + "/mail");
        }
        var after = visit.request().query("after").flatMap(OfficeId::parse);
        var found = visit.keptElsewhere().isPresent() ? List.<OfficeSummary>of() : services.store().settings().offices(clean(query), after, ROWS + 1);
        var rows = rows(visit, found.stream().limit(ROWS).filter(summary -> !summary.isRemoved()).toList());
        var model = new OfficesModel(
                visit.keptElsewhere().map(source -> visit.say("offices.elsewhere", source)),
                visit.rights().operates() && visit.keptElsewhere().isEmpty(),
                TextField.of(SEARCH, visit.say(visit.keptElsewhere().isPresent() ? "offices.id" : "offices.search"), query),
                !query.isEmpty(),
                rows,
                found.size() > ROWS ? Optional.of(href(query, found.get(ROWS - 1).id())) : Optional.empty(),
                after.map(_ -> query.isEmpty() ? PATH : PATH + "?" + SEARCH + "=" + encoded(query)),
                List.of(
                        field(visit, ID, typed, problems).hint(visit.say("offices.id.hint")),
                        field(visit, COMPANY, typed, problems).hint(visit.say("mail.company.name.hint")).autocomplete("organization"),
                        field(visit, ADDRESS, typed, problems).hint(visit.say("mail.company.address.hint")).type("email")),
                problems);
        return visit.page(status, "offices", model);
    }

    /// What no office has in its settings, and no database takes.
    private static String clean(String query) {
        return query.chars().anyMatch(Character::isISOControl) ? "\u00a0" : query;
    }

    private static TextField field(Visit visit, String name, Map<String, String> typed, List<FieldProblem> problems) {
        return new TextField("new-" + name, name, visit.say("offices." + name), "", typed.getOrDefault(name, ""), "text", "off", Optional.empty())
                .among(problems);
    }

    private static String href(String query, OfficeId last) {
        return PATH + "?" + (query.isEmpty() ? "" : SEARCH + "=" + encoded(query) + "&") + "after=" + last.text();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<OfficeSettings> settings(Visit visit, OfficeId office) {
        return visit.rules().settings().office(office) instanceof Lookup.Found<OfficeSettings>(var found, _) ? Optional.of(found) : Optional.empty();
    }

    private List<OfficesModel.Row> rows(Visit visit, List<OfficeSummary> offices) throws SQLException {
        var claims = visit.rules().desk().list().stream()
                .collect(Collectors.toMap(claim -> claim.office().text() + " " + claim.domain(), claim -> claim, (a, _) -> a));
        return offices.stream().map(office -> row(visit, office, claims)).toList();
    }

    private OfficesModel.Row row(Visit visit, OfficeSummary office, Map<String, Claim> claims) {
        var settings = settings(visit, office.id());
        var from = settings.flatMap(OfficeSettings::from).map(OfficeFrom::address);
        var state = settings.isEmpty()
                ? new StateWord(visit.say("offices.unusable"), StateWord.BAD)
                : from.map(address -> from(visit, address, Optional.ofNullable(claims.get(office.id().text() + " " + address.asciiDomain()))))
                        .orElseGet(() -> new StateWord(visit.say("offices.shared"), StateWord.PLAIN));
        return new OfficesModel.Row(
                office.id().text(),
                settings.map(found -> found.company().name()).orElse(office.id().text()),
                state,
                from.map(Address::toString).orElse(""),
                office.cards(),
                office.cardsKeptBy(),
                office.changedAt(),
                office.version());
    }

    private StateWord from(Visit visit, Address address, Optional<Claim> claim) {
        if (services.operations().trustedDomains().contains(address.asciiDomain())) {
            return new StateWord(visit.say("all-domains.state.trusted"), StateWord.OK);
        }
        return claim.map(found -> AllDomainsPage.state(visit.texts(), found.state()))
                .orElseGet(() -> new StateWord(visit.say("offices.not-added"), StateWord.WARN));
    }

    /// Id and company suffice: the rest has a default.
    private Answer add(Visit visit) throws SQLException {
        var form = visit.request().form();
        var typed = Map.of(ID, form.text(ID).strip(), COMPANY, form.text(COMPANY).strip(), ADDRESS, form.text(ADDRESS).strip());
        if (visit.keptElsewhere().isPresent()) {
            return visit.notFound();
        }
        var problems = problems(visit, typed);
        if (!problems.isEmpty()) {
            return show(visit, 422, problems, typed);
        }
        var id = OfficeId.parse(typed.getOrDefault(ID, "")).orElseThrow();
        var company = new Mailbox(typed.getOrDefault(COMPANY, ""), Address.of(typed.getOrDefault(ADDRESS, "")));
        var members = new LinkedHashMap<String, JsonValue>();
        members.put(COMPANY, JsonValue.of(company.written()));
        return switch (services.store().settings().put(id, new JsonValue.Members(members), new Precondition.Absent(), visit.author(""))) {
            case ChangeResult.Changed _, ChangeResult.Unchanged _ -> Answer.seeOther("/o/" + id.text() + "/mail");
            case ChangeResult.Stale _, ChangeResult.Missing _ ->
                show(visit, 422, List.of(new FieldProblem("new-" + ID, visit.say("offices.id.there", id))), typed);
            case ChangeResult.Invalid(var said) -> show(visit, 422, said.stream().map(OfficesPage::problem).toList(), typed);
            case ChangeResult.Conflict(_, var message) -> show(visit, 422, List.of(new FieldProblem("", message)), typed);
        };
    }

    private static FieldProblem problem(Problem problem) {
        return new FieldProblem("new-" + ADDRESS, problem.message());
    }

    private static List<FieldProblem> problems(Visit visit, Map<String, String> typed) {
        var problems = new ArrayList<FieldProblem>();
        if (OfficeId.parse(typed.getOrDefault(ID, "")).isEmpty()) {
            problems.add(new FieldProblem("new-" + ID, visit.say("offices.id.wrong")));
        }
        if (typed.getOrDefault(COMPANY, "").isEmpty()) {
            problems.add(new FieldProblem("new-" + COMPANY, visit.say("error.company.name.missing")));
        }
        var address = typed.getOrDefault(ADDRESS, "");
        if (address.isEmpty()) {
            problems.add(new FieldProblem("new-" + ADDRESS, visit.say("error.address.missing")));
        } else if (Address.parse(address).isEmpty()) {
            problems.add(new FieldProblem("new-" + ADDRESS, visit.say("error.address.invalid", address)));
        }
        return problems;
    }
}
