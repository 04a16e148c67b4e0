package facteur.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur check`.
@Command(name = "check", mixinStandardHelpOptions = true, description = "Reports every problem of the configuration and of the offices' settings, with its line.")
final class Check implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Check(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var problems = program.check(config.file());
        var err = spec.commandLine().getErr();
        if (!problems.isEmpty()) {
            err.println(problems);
        }
        problems.warnings().forEach(warning -> err.println("warning: " + warning));
        if (problems.isEmpty()) {
            spec.commandLine().getOut().println(config.file() + ": no problems");
        }
        return (problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIG).number();
    }
}
