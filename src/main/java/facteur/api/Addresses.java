package facteur.api;

import facteur.access.Scope;
import facteur.act.ActRecord;
import facteur.explain.BadAddressJson;
import facteur.mail.smtp.Address;
import facteur.platform.json.JsonValue;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Addresses of an office's clients that don't work, as `facteur addresses` shows them. Immutable.
///
/// @param acts gets what was changed
record Addresses(BadAddresses bad, ActRecord acts) {
    private static final String WHAT = "address";

    /// The list says what the log says. An address comes off it when a client's data is put right.
    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("GET", "/addresses", Scope.LOG_READ, this::list),
                Endpoint.ofOffice("DELETE", "/addresses/{address:any}", Scope.CARDS_WRITE, this::forget));
    }

    private Answer list(Call call) throws SQLException {
        call.isList();
        var after = call.request().query("after");
        if (after.filter(text -> Address.parse(text).isEmpty()).isPresent()) {
            throw ProblemDetails.of(400, "query.invalid", "after", "must be the next of another page").refused();
        }
        var limit = call.limit();
        try {
            var page = bad.page(call.office().text(), after, limit);
            var members = new LinkedHashMap<String, Object>();
            members.put("items", page.stream().map(BadAddressJson::of).toList());
            members.put("next", next(page, limit).<Object>map(next -> next).orElse(JsonValue.NULL));
            return Answer.json(200, members);
        } catch (SpoolException e) {
            throw Letters.away(e);
        }
    }

    private static Optional<String> next(List<BadAddress> page, int limit) {
        return page.size() < limit ? Optional.empty() : Optional.of(page.getLast().address());
    }

    private Answer forget(Call call) throws SQLException, IOException {
        call.hasNoQuery();
        call.request().hasNoBody();
        var address = Address.parse(call.request().variable(WHAT)).orElseThrow(() -> Refusals.missing(WHAT));
        try {
            if (!bad.forget(call.office().text(), address)) {
                throw Refusals.missing(WHAT);
            }
        } catch (SpoolException e) {
            throw Letters.away(e);
        }
        acts.record(
                "token=" + call.token().name() + " peer=" + call.request().peer(),
                "addresses forget " + address + " --office " + call.office());
        return Answer.empty(204);
    }
}
