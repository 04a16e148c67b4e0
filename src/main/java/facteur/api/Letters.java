package facteur.api;

import facteur.access.Scope;
import facteur.explain.LetterJson;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Address;
import facteur.platform.json.JsonValue;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.LetterHistory;
import facteur.spool.OfficeLog;
import facteur.spool.OfficeLogFilter;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The message log of an office. Immutable.
///
/// @param bad which recipients are known not to work
record Letters(OfficeLog log, BadAddresses bad) {
    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("GET", "/letters", Scope.LOG_READ, this::list),
                Endpoint.ofOffice("GET", "/letters/{letter}", Scope.LOG_READ, this::read));
    }

    /// The latest first.
    private Answer list(Call call) throws SQLException {
        call.isList("address", "since", "before");
        var filter = new OfficeLogFilter(call.request().query("address"), instant(call, "since"), instant(call, "before"));
        var after = call.request().query("after");
        if (after.filter(text -> !OfficeLog.isPlace(text)).isPresent()) {
            throw ProblemDetails.of(400, "query.invalid", "after", "must be the next of another page").refused();
        }
        try {
            var page = log.letters(office(call), filter, after, call.limit());
            var members = new LinkedHashMap<String, Object>();
            members.put("items", page.letters().stream().map(LetterJson::line).toList());
            members.put("next", page.next().<Object>map(next -> next).orElse(JsonValue.NULL));
            members.put("lookedBackTo", page.lookedBackTo().map(Instant::toString).orElse(""));
            return Answer.json(200, members);
        } catch (SpoolException e) {
            throw away(e);
        }
    }

    private Answer read(Call call) throws SQLException {
        call.hasNoQuery();
        var id = QueueId.parse(call.request().variable("letter")).orElseThrow(() -> Refusals.missing("letter"));
        try {
            var letter = log.letter(office(call), id).orElseThrow(() -> Refusals.missing("letter"));
            return Answer.json(200, LetterJson.ofOffice(letter, bad(call, letter)));
        } catch (SpoolException e) {
            throw away(e);
        }
    }

    private List<BadAddress> bad(Call call, LetterHistory letter) throws SpoolException {
        var addresses = letter.recipients().stream().flatMap(recipient -> Address.parse(recipient.address()).stream()).toList();
        return bad.find(call.office().text(), addresses);
    }

    private static Provenance.Office office(Call call) {
        return new Provenance.Office(call.office().text());
    }

    private static Optional<Instant> instant(Call call, String name) {
        return call.request().query(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw ProblemDetails.of(400, "query.invalid", name, "must be a time of RFC 3339, such as 2026-11-30T14:00:00Z").refused();
            }
        });
    }

    /// The spool says in its own words what the database said.
    static SQLException away(SpoolException e) {
        return e.database();
    }
}
