package facteur.api;

import facteur.access.Scope;
import facteur.act.ActRecord;
import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.DomainDesk;
import facteur.domain.DomainJson;
import facteur.domain.DomainText;
import facteur.explain.CurrentRules;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.platform.config.InvalidValueException;
import facteur.platform.json.JsonValue;
import facteur.settings.FreeMail;
import facteur.web.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/// The domains that an office writes under, as `facteur domain` shows them. Other offices' claims are never told of. Immutable.
///
/// @param acts gets what was changed
record Domains(Supplier<CurrentRules> rules, ActRecord acts) {
    private static final String WHAT = "domain";
    private static final String ZONE = "text/dns"; // RFC 4027

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("GET", "/domains", Scope.DOMAINS_READ, this::list),
                Endpoint.ofOffice("POST", "/domains", Scope.DOMAINS_WRITE, this::add),
                Endpoint.ofOffice("DELETE", "/domains/{domain}", Scope.DOMAINS_WRITE, this::remove),
                Endpoint.ofOffice("POST", "/domains/{domain}/check", Scope.DOMAINS_WRITE, this::check),
                Endpoint.ofOffice("GET", "/domains/{domain}/records", Scope.DOMAINS_READ, this::records));
    }

    private DomainDesk desk() {
        return rules.get().desk();
    }

    private Answer list(Call call) throws SQLException {
        call.hasNoQuery();
        var members = new LinkedHashMap<String, Object>();
        members.put("items", desk().of(call.office()).stream().map(DomainJson::claim).toList());
        members.put("next", JsonValue.NULL); // As every list has it.
        return Answer.json(200, members);
    }

    private Answer add(Call call) throws SQLException, IOException {
        call.hasNoQuery();
        var domain = JsonBody.read(JsonBody.members(call.request()), body -> body.requiredValue("domain", Domains::domain, ""));
        if (FreeMail.has(Address.of("any@" + domain))) {
            throw Refusals.invalid("domain.public", WHAT, domain + " is a public mail provider: it is no office's own");
        }
        if (rules.get().settings().office(call.office()) instanceof Lookup.Missing<OfficeSettings>) {
            throw Refusals.missing("office");
        }
        var claims = desk().of(call.office());
        var before = claims.stream().filter(claim -> claim.domain().equals(domain)).findFirst();
        if (before.isEmpty() && DomainDesk.isFull(claims)) {
            throw Refusals.conflict("domains.pending",
                    DomainDesk.MOST_PENDING + " domains of this office wait for their records: publish them, or remove some");
        }
        var claim = desk().add(domain, call.office());
        var answer = Answer.json(before.isEmpty() ? 201 : 200, withRecords(claim));
        if (before.isPresent()) {
            return answer;
        }
        changed(call, "domain add " + domain + " --office " + call.office());
        return answer.with("Location", Gate.PREFIX + "/offices/" + call.office() + "/domains/" + domain + "/records");
    }

    private void changed(Call call, String command) {
        acts.record("token=" + call.token().name() + " peer=" + call.request().peer(), command);
    }

    private LinkedHashMap<String, Object> withRecords(Claim claim) {
        var members = new LinkedHashMap<>(DomainJson.claim(claim));
        members.putAll(DomainJson.records(claim.domain(), desk().records(claim)));
        return members;
    }

    private static String domain(String text) {
        return switch (DomainText.read(text)) {
            case DomainText.Domain(var domain) -> domain;
            case DomainText.Meant(var host) -> throw InvalidValueException.meaning("domain.url", "not a domain, but an address", host);
            case DomainText.Bad(var why) -> throw new IllegalArgumentException(why);
        };
    }

    private Answer remove(Call call) throws SQLException, IOException {
        call.hasNoQuery();
        call.request().hasNoBody();
        var claim = found(call);
        if (!desk().remove(claim.domain(), call.office())) {
            throw Refusals.missing(WHAT);
        }
        changed(call, "domain remove " + claim.domain() + " --office " + call.office());
        return Answer.empty(204);
    }

    private Answer check(Call call) throws SQLException, IOException {
        call.hasNoQuery();
        call.request().hasNoBody();
        return Answer.json(200, DomainJson.checked(desk().check(found(call))));
    }

    private Answer records(Call call) throws SQLException {
        call.hasNoQuery();
        var claim = found(call);
        var records = desk().records(claim);
        return call.request().accepted(List.of(Offices.JSON, ZONE)).equals(ZONE)
                ? Answer.octets(200, ZONE, DnsRecord.zone(records).getBytes(StandardCharsets.US_ASCII))
                : Answer.json(200, DomainJson.records(claim.domain(), records));
    }

    private Claim found(Call call) throws SQLException {
        return desk().find(call.office(), call.request().variable("domain")).orElseThrow(() -> Refusals.missing(WHAT));
    }
}
