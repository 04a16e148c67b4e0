package facteur.cli;

import facteur.platform.clock.SteadyTime;
import facteur.platform.json.Json;
import facteur.returns.ReturnSettings;
import facteur.route.RankedUpstream;
import facteur.upstream.Inspection;
import facteur.upstream.UpstreamSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `facteur upstream check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Connects to the upstreams as the relay does: greeting, EHLO, TLS, login; and asks whether they accept reports from <>, and letters from the domain of returns. Sends no letter, needs no daemon.")
final class UpstreamCheck implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The upstream. Default: all of them.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    UpstreamCheck(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException {
        var current = config.installation(invocation).config();
        var upstreams = current.outbound().routes().upstreams().stream().map(RankedUpstream::settings).toList();
        var chosen = upstreams.stream()
                .filter(upstream -> name == null || upstream.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            var names = upstreams.stream().map(UpstreamSettings::name).collect(Collectors.joining(", "));
            throw CommandException.of(ExitCode.DATA, "no such upstream: " + name + "; configured: " + names);
        }
        var returns = current.returns().map(ReturnSettings::sample);
        var inspections = chosen.stream().map(upstream -> upstream.inspect(returns, SteadyTime.system())).toList();
        var now = invocation.time().instant();
        invocation.out().println(json
                ? Json.of(Map.of("upstreams", inspections.stream().map(InspectionJson::of).toList()))
                : inspections.stream().map(inspection -> InspectionText.of(inspection, now)).collect(Collectors.joining("\n\n")));
        return inspections.stream()
                .map(UpstreamCheck::exitCode)
                .filter(exitCode -> exitCode != ExitCode.OK)
                .findFirst()
                .orElse(ExitCode.OK)
                .number();
    }

    private static ExitCode exitCode(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Folder folder -> folder.trouble().isPresent() ? ExitCode.CANNOT_CREATE : ExitCode.OK;
            case Inspection.Nothing ignored -> ExitCode.OK;
            case Inspection.Host host -> host.failure().map(failure -> ExitCode.of(failure.stage())).orElse(ExitCode.OK);
        };
    }
}
