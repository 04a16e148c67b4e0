package facteur.api;

import facteur.access.Launch;
import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.Scope;
import facteur.explain.CurrentRules;
import facteur.office.Lookup;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Links by which a suite sends its user's browser into an office. Immutable.
///
/// @param launching as it is in force
record Launches(LaunchTickets tickets, Supplier<LaunchRules> launching, Supplier<CurrentRules> rules) {
    private static final String PAGE = "/launch/";

    List<Endpoint> endpoints() {
        return List.of(Endpoint.ofOffice("POST", "/sessions", Scope.SESSIONS_CREATE, this::begin));
    }

    /// The office must be one of the token and one of the suite: another is refused as one that is not there.
    private Answer begin(Call call) throws SQLException {
        call.hasNoQuery();
        var now = launching.get();
        if (!now.areOn()) {
            throw Refusals.conflict("pages.off", "console.pages is false: there is no page to launch anyone into");
        }
        var suite = call.token().suite().flatMap(now.federation()::suite)
                .orElseThrow(() -> Refusals.conflict("suite.unknown", "console.suites doesn't have the suite of this token any more, or not yet"));
        if (!suite.serves(call.office())) {
            return Refusals.forbidden();
        }
        if (rules.get().settings().office(call.office()) instanceof Lookup.Missing) {
            throw Refusals.missing("office");
        }
        var terms = new Launch.Terms(suite, now.embed());
        var made = tickets.make(JsonBody.read(JsonBody.members(call.request()), body -> Launch.from(body, terms, call.office())));
        return Answer.json(201, Map.of("url", now.url() + PAGE + made.text(), "until", made.until()));
    }
}
