package facteur.explain;

import facteur.intake.ControlFields;
import facteur.intake.Decider;
import facteur.intake.DecisionResult;
import facteur.mail.smtp.Parsed;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.policy.Decision;
import facteur.policy.Warnings;
import facteur.settings.SettingsSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides a letter as the relay would, and says how it would leave. Nothing is sent or stored.
///
/// Thread-safe; blocks for the settings source.
public final class Explainer {
    /// In place of the source's name.
    public static final String DRAFT = "draft";

    private final SettingsSource settings;
    private final Decider decider;
    private final Departures departures;
    private final Optional<OfficeId> defaultOffice;
    private final InstantSource time;

    /// @param decider by the same settings
    /// @param defaultOffice of letters that name none
    public Explainer(
            SettingsSource settings, Decider decider, Departures departures, Optional<OfficeId> defaultOffice, InstantSource time) {
        this.settings = settings;
        this.decider = decider;
        this.departures = departures;
        this.defaultOffice = defaultOffice;
        this.time = time;
    }

    /// By the settings that the office has.
    public ExplainResult explain(ExplainRequest request) {
        return switch (ControlFields.read(request.header())) {
            case Parsed.Bad<ControlFields>(var reply) -> new ExplainResult.Refused(reply);
            case Parsed.Good<ControlFields>(var control) -> explain(request, control);
        };
    }

    private ExplainResult explain(ExplainRequest request, ControlFields control) {
        var named = request.office().or(control::office);
        var office = named.isPresent() ? OfficeId.parse(named.get()) : defaultOffice;
        if (office.isEmpty()) {
            return named.<ExplainResult>map(ExplainResult.NoOffice::new).orElseGet(ExplainResult.OfficeNeeded::new);
        }
        return switch (decider.judge(office.get(), control, request.header(), request.encoding())) {
            case DecisionResult.NoOffice() -> new ExplainResult.NoOffice(office.get().text());
            case DecisionResult.Unavailable(var why) -> new ExplainResult.Unavailable(why);
            case DecisionResult.Unusable(var why) -> new ExplainResult.Unusable(why);
            case DecisionResult.Decided decided -> new ExplainResult.Explained(explained(request, control, decided, settings.name()));
        };
    }

    /// By settings that the office hasn't, or not yet; its cards and domains are those that it has.
    ///
    /// @param request its office doesn't count
    public ExplainResult explain(ExplainRequest request, OfficeSettings draft) {
        return switch (ControlFields.read(request.header())) {
            case Parsed.Bad<ControlFields>(var reply) -> new ExplainResult.Refused(reply);
            case Parsed.Good<ControlFields>(var control) ->
                switch (decider.judge(draft, time.instant(), control, request.header(), request.encoding())) {
                    case DecisionResult.NoOffice() -> new ExplainResult.NoOffice(draft.id().text());
                    case DecisionResult.Unavailable(var why) -> new ExplainResult.Unavailable(why);
                    case DecisionResult.Unusable(var why) -> new ExplainResult.Unusable(why);
                    case DecisionResult.Decided decided -> new ExplainResult.Explained(explained(request, control, decided, DRAFT));
                };
        };
    }

    private Explanation explained(ExplainRequest request, ControlFields control, DecisionResult.Decided decided, String source) {
        var letter = decided.letter();
        return new Explanation(
                letter,
                control.relation().map(Object::toString).orElse(""),
                decided.decision(),
                source,
                Duration.between(decided.loadedAt(), time.instant()),
                rewrite(decided).flatMap(rewrite -> departures.replyAddress(letter, rewrite)),
                rewrite(decided).map(rewrite -> departures.of(letter, rewrite, request.recipients())),
                Stream.concat(
                        Warnings.of(letter, decided.decision(), decided.unclear()).stream(),
                        departures.isRelaying() && decider.isOutboundAssumed() && decider.needsUtf8(letter)
                                ? Stream.of("assumes that every upstream of the office accepts SMTPUTF8, which only the relay knows")
                                : Stream.empty())
                        .toList());
    }

    private static Optional<Decision.Rewrite> rewrite(DecisionResult.Decided decided) {
        return switch (decided.decision()) {
            case Decision.Rewrite rewrite -> Optional.of(rewrite);
            case Decision.Refuse _ -> Optional.empty();
        };
    }
}
