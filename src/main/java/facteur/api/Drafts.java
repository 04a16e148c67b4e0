package facteur.api;

import facteur.access.Scope;
import facteur.explain.CurrentRules;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.explain.ExplanationJson;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeSettings;
import facteur.platform.config.Section;
import facteur.platform.json.JsonValue;
import facteur.replay.ReplayJson;
import facteur.replay.ReplayResult;
import facteur.replay.Replayer;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What letters would get: one, or past ones, by the office's settings or by a draft of them. Nothing is written. Immutable.
record Drafts(Supplier<CurrentRules> rules, Replayer replayer, InstantSource time) {
    private static final String SETTINGS = "settings";
    private static final Duration SOON = Duration.ofSeconds(2);

    private record Letter(Optional<String> context, Optional<String> relation, Optional<String> sender) {
        ExplainRequest of(String office) {
            return ExplainRequest.of(Optional.of(office), context, relation, sender, HeaderEncoding.ASCII);
        }
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("POST", "/explain", Scope.SETTINGS_READ, this::explain),
                Endpoint.ofOffice("POST", "/replay", Scope.SETTINGS_READ, this::replay));
    }

    private Answer explain(Call call) {
        call.hasNoQuery();
        var body = JsonBody.members(call.request());
        var letter = JsonBody.read(body.without(SETTINGS), root -> letter(root.section("letter")));
        var now = rules.get();
        var explainer = new Explainer(now.settings(), now.decider(), now.departures(), Optional.of(call.office()), time);
        var request = letter.of(call.office().text());
        var draft = body.member(SETTINGS).map(settings -> draft(call, now, settings));
        return switch (draft.map(settings -> explainer.explain(request, settings)).orElseGet(() -> explainer.explain(request))) {
            case ExplainResult.Explained(var explanation) -> Answer.json(200, ExplanationJson.members(explanation.withoutDeparture()));
            case ExplainResult.Refused(var reply) -> throw Refusals.invalid("letter.refused", "letter", "refused: " + reply);
            case ExplainResult.OfficeNeeded(), ExplainResult.NoOffice _ -> throw Refusals.missing("office");
            case ExplainResult.Unavailable(var why) -> unavailable(why);
            case ExplainResult.Unusable(var why) -> throw Refusals.conflict("settings.unusable", why);
        };
    }

    private static Letter letter(Section letter) {
        return new Letter(letter.text("context"), letter.text("relation"), letter.text("sender"));
    }

    private static OfficeSettings draft(Call call, CurrentRules now, JsonValue settings) {
        return JsonBody.read(settings, section -> now.reader().read(section, call.office(), Explainer.DRAFT));
    }

    private Answer replay(Call call) throws SQLException {
        call.hasNoQuery();
        var body = JsonBody.members(call.request());
        var letters = JsonBody.read(
                body.without(SETTINGS), root -> root.integer("letters", Replayer.USUAL, Replayer.LEAST, Replayer.MOST));
        var now = rules.get();
        var draft = draft(call, now, body.member(SETTINGS)
                .orElseThrow(() -> Refusals.invalid("value.missing", SETTINGS, "a draft of the settings is needed")));
        try {
            return switch (replayer.replay(now.settings(), now.decider(), draft, letters)) {
                case ReplayResult.Replayed replayed -> Answer.json(200, ReplayJson.members(replayed));
                case ReplayResult.Busy() -> throw Refusals.tooMany("replay.busy", "two replays are running: ask again soon", SOON);
                case ReplayResult.NoOffice() -> throw Refusals.missing("office");
                case ReplayResult.Unavailable(var why) -> unavailable(why);
                case ReplayResult.Unusable(var why) -> throw Refusals.conflict("settings.unusable", why);
            };
        } catch (SpoolException e) {
            throw Letters.away(e);
        }
    }

    private static Answer unavailable(String why) {
        return ProblemDetails.of(503, "settings.unavailable", "", why).answer();
    }
}
