package facteur.cli;

import facteur.domain.Claims;
import facteur.intake.ControlFields;
import facteur.intake.DecisionResult;
import facteur.intake.OutboundEncoding;
import facteur.mail.smtp.Parsed;
import facteur.office.OfficeId;
import facteur.policy.Decision;
import facteur.policy.Warnings;
import facteur.relay.Config;
import facteur.settings.SettingsSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides a letter as the relay would, and says how it would leave. It asks the settings source itself, and needs no
/// daemon. One thread.
public final class Explainer {
    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

    private final Config config;
    private final InstantSource time;

    public Explainer(Config config, InstantSource time) {
        this.config = config;
        this.time = time;
    }

    /// @throws CommandException when the letter would be refused before the rules, or can't be decided
    public Explanation explain(ExplainRequest request) throws CommandException {
        var control = switch (ControlFields.read(request.header())) {
            case Parsed.Bad<ControlFields>(var reply) -> throw CommandException.of(ExitCode.DATA, "refused: " + reply);
            case Parsed.Good<ControlFields>(var fields) -> fields;
        };
        var office = office(request.office().or(control::office));
        try (var settings = config.rules().settings().open(config.sharedAddress(), config.rules().roles(), time)) {
            return explain(settings, office, control, request);
        }
    }

    private OfficeId office(Optional<String> named) throws CommandException {
        if (named.isEmpty()) {
            return config.inbound().admission().defaultOffice()
                    .orElseThrow(() -> CommandException.of(ExitCode.USAGE, "--office is required: no app has a default office"));
        }
        return OfficeId.parse(named.get()).orElseThrow(() -> CommandException.of(ExitCode.DATA, "no such office: " + named.get()));
    }

    private Explanation explain(SettingsSource settings, OfficeId office, ControlFields control, ExplainRequest request)
            throws CommandException {
        var decider = config.decider(settings, claims(), OutboundEncoding.ASSUMED_UTF8);
        return switch (decider.judge(office, control, request.header(), request.encoding())) {
            case DecisionResult.NoOffice() -> throw CommandException.of(ExitCode.DATA, "no such office: " + office);
            case DecisionResult.Unavailable(var why) -> throw CommandException.unavailable("settings not available: " + why);
            case DecisionResult.Unusable(var why) -> throw CommandException.of(ExitCode.CONFIG, "settings are wrong: " + why);
            case DecisionResult.Decided(var letter, var decision, var unclear, var loadedAt) -> new Explanation(
                    letter,
                    control.relation().map(Object::toString).orElse(""),
                    decision,
                    settings.name(),
                    Duration.between(loadedAt, time.instant()),
                    decision instanceof Decision.Rewrite rewrite
                            ? Optional.of(Departure.of(config, letter, rewrite, request.recipients()))
                            : Optional.empty(),
                    Stream.concat(
                            Warnings.of(letter, decision, unclear).stream(),
                            config.outbound().routes().isRelaying() && decider.needsUtf8(letter)
                                    ? Stream.of("assumes that every upstream of the office accepts SMTPUTF8, which only the relay knows")
                                    : Stream.empty())
                            .toList());
        };
    }

    /// None without a database.
    private Claims claims() {
        var claims = new Claims();
        try (var database = config.spool().database().openBeside()) {
            claims.refresh(database);
        } catch (SQLException none) {
            LOG.debug("no claims on domains: {}", none.getMessage());
        }
        return claims;
    }
}
