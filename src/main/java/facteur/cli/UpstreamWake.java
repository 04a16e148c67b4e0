package facteur.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur upstream wake`.
@Command(
        name = "wake",
        mixinStandardHelpOptions = true,
        description = "Has the running relay try an upstream that is down at once, before its rest is over: for when it is repaired.")
final class UpstreamWake implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "The upstream.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UpstreamWake(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return program.wake(config.file(), name, spec.commandLine().getOut(), spec.commandLine().getErr()).number();
    }
}
