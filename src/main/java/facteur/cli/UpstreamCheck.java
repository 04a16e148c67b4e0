package facteur.cli;

import facteur.platform.clock.SteadyTime;
import facteur.platform.json.Json;
import facteur.upstream.Inspection;
import facteur.upstream.UpstreamSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur upstream check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Connects to the upstreams as the relay does: greeting, EHLO, TLS, login; asks whether reports from <> are taken. Sends no letter, needs no daemon.")
final class UpstreamCheck implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The upstream. Default: all of them.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UpstreamCheck(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return program.configured(config.file(), spec.commandLine().getErr(), this::check).number();
    }

    private ExitCode check(Configured configured) {
        var chosen = configured.upstreams().stream()
                .filter(upstream -> name == null || upstream.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            var names = configured.upstreams().stream().map(UpstreamSettings::name).collect(Collectors.joining(", "));
            spec.commandLine().getErr().println("facteur: no such upstream: " + name + "; there is " + names);
            return ExitCode.DATA;
        }
        var inspections = chosen.stream().map(upstream -> upstream.inspect(SteadyTime.system())).toList();
        var now = configured.time().instant();
        spec.commandLine().getOut().println(json
                ? Json.of(Map.of("upstreams", inspections.stream().map(InspectionJson::of).toList()))
                : inspections.stream().map(inspection -> InspectionText.of(inspection, now)).collect(Collectors.joining("\n\n")));
        return inspections.stream()
                .map(UpstreamCheck::exitCode)
                .filter(exitCode -> exitCode != ExitCode.OK)
                .findFirst()
                .orElse(ExitCode.OK);
    }

    private static ExitCode exitCode(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Folder folder -> folder.trouble().isPresent() ? ExitCode.CANNOT_CREATE : ExitCode.OK;
            case Inspection.Nothing ignored -> ExitCode.OK;
            case Inspection.Host host -> host.failure().map(failure -> ExitCode.of(failure.stage())).orElse(ExitCode.OK);
        };
    }
}
