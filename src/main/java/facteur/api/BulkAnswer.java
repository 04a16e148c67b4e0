package facteur.api;

import facteur.platform.json.JsonValue;
import facteur.store.CardCounts;
import facteur.store.CardsResult;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.time.Duration;
import java.util.LinkedHashMap;

/// The answer to a change of many cards.
final class BulkAnswer {
    private static final Duration SOON = Duration.ofSeconds(5);

    private BulkAnswer() {}

    /// 200 with the counts; 207 when some lines were refused: a program that looks at the status alone must not take that for all
    /// of them. Or why not.
    ///
    /// @param what there is none of, if that is why not
    static Answer of(CardsResult result, String what) {
        return switch (result) {
            case CardsResult.Written(var counts) -> Answer.json(counts.refusals() == 0 ? 200 : 207, counts(counts));
            case CardsResult.Refused(var count, var problems) ->
                throw ProblemDetails.of(422, problems).with("refused", new JsonValue.Number(count)).refused();
            case CardsResult.TooMany(var limit) ->
                throw ProblemDetails.of(413, "body.too-many", "", "a body may have " + limit + " lines at most").refused();
            case CardsResult.Busy() -> throw Refusals.tooMany("bulk.office", "another request is writing cards of this office", SOON);
            case CardsResult.Missing() -> throw Refusals.missing(what);
            case CardsResult.Conflict(var code, var message) -> throw Refusals.conflict(code, message);
            case CardsResult.WouldDelete(var count, var cards) -> throw ProblemDetails.of(
                    409, "would-delete", "deleting", "would delete " + count + " of " + cards + " cards: if that is meant, say deleting=" + count)
                    .with("wouldDelete", new JsonValue.Number(count))
                    .with("cards", new JsonValue.Number(cards))
                    .refused();
        };
    }

    private static JsonValue counts(CardCounts counts) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("version", new JsonValue.Number(counts.version()));
        members.put("created", new JsonValue.Number(counts.created()));
        members.put("changed", new JsonValue.Number(counts.changed()));
        members.put("unchanged", new JsonValue.Number(counts.unchanged()));
        members.put("deleted", new JsonValue.Number(counts.deleted()));
        members.put("refused", new JsonValue.Number(counts.refusals()));
        members.put("problems", ProblemDetails.json(counts.refused()));
        return new JsonValue.Members(members);
    }
}
