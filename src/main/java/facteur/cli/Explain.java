package facteur.cli;

import facteur.domain.Claims;
import facteur.explain.Departures;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.explain.Explanation;
import facteur.explain.HeaderText;
import facteur.intake.OutboundEncoding;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.message.Header;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.relay.Config;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Explains which From and Reply-To a letter would get, by which rules, by which route it would leave, and which key signs it: for a letter on standard input, "
                + "or for one described by options. Asks the settings source itself, not a running daemon.")
final class Explain implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Explain.class);

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--office", paramLabel = "ID", description = "The office. Default: the one that the letter names, or the first app's default.")
    private @Nullable String office;

    @Option(names = "--context", paramLabel = "NAME", description = "The kind of letter, as in X-Context.")
    private @Nullable String context;

    @Option(names = "--relation", paramLabel = "ID", description = "The client, as in X-Relation-Id.")
    private @Nullable String relation;

    @Option(names = "--sender", paramLabel = "MAILBOX", description = "The employee who writes, as in From.")
    private @Nullable String sender;

    @Option(names = "--to", paramLabel = "ADDRESS", split = ",", description = "Recipients whose routes are explained, separated by commas.")
    private List<String> recipients = List.of();

    @Option(names = "--smtputf8", description = "As if the app had said SMTPUTF8 and the upstream offered it.")
    private boolean smtpUtf8;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Explain(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        var isLetter = office == null && context == null && relation == null && sender == null;
        var encoding = smtpUtf8 ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII;
        var request = isLetter
                ? new ExplainRequest(Optional.empty(), letter(), encoding, recipients())
                : ExplainRequest.of(given(office), given(context), given(relation), given(sender), encoding).to(recipients());
        var explanation = explain(config.installation(invocation).asOwner().config(), request);
        invocation.out().println(json ? ExplanationText.json(explanation) : ExplanationText.text(explanation));
        return ExitCode.OK.number();
    }

    private static Optional<String> given(@Nullable String option) {
        return Optional.ofNullable(option);
    }

    private Explanation explain(Config read, ExplainRequest request) throws CommandException {
        try (var open = OpenSettings.of(read, invocation.time())) {
            var settings = open.source();
            var decider = read.decider(settings, claims(read), OutboundEncoding.ASSUMED_UTF8);
            var departures = new Departures(
                    read.outbound().routes(), new KeyFolder(read.state()), read.returns().flatMap(returns -> returns.domains().replies()));
            var explainer = new Explainer(settings, decider, departures, read.inbound().admission().defaultOffice(), invocation.time());
            return switch (explainer.explain(request)) {
                case ExplainResult.Explained(var explanation) -> explanation;
                case ExplainResult.Refused(var reply) -> throw CommandException.of(ExitCode.DATA, "refused: " + reply);
                case ExplainResult.OfficeNeeded() ->
                    throw CommandException.of(ExitCode.USAGE, "--office is required: no app has a default office");
                case ExplainResult.NoOffice(var named) -> throw CommandException.of(ExitCode.DATA, "no such office: " + named);
                case ExplainResult.Unavailable(var why) -> throw CommandException.unavailable("settings not available: " + why);
                case ExplainResult.Unusable(var why) -> throw CommandException.of(ExitCode.CONFIG, "settings are wrong: " + why);
            };
        }
    }

    /// None without a database.
    private static Claims claims(Config read) {
        var claims = new Claims();
        try (var database = read.spool().database().openBeside()) {
            claims.refresh(database);
        } catch (SQLException none) {
            LOG.debug("no claims on domains: {}", none.getMessage());
        }
        return claims;
    }

    private List<Address> recipients() {
        return recipients.stream()
                .map(text -> Address.parse(text)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(), "--to: not an address: " + text + Address.remark(text))))
                .toList();
    }

    /// The header on standard input, read as the relay reads it; the body doesn't matter here.
    private Header letter() throws CommandException, IOException {
        return switch (HeaderText.read(invocation.in().readAllBytes())) {
            case HeaderText.Read(var header) -> header;
            case HeaderText.Refused(var reply) -> throw CommandException.of(ExitCode.DATA, "the relay would refuse this letter: " + reply);
            case HeaderText.TooLarge() -> throw CommandException.of(ExitCode.DATA, "the body is larger than 16 MB; the header is enough");
        };
    }
}
