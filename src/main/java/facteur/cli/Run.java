package facteur.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur run`.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the relay in the foreground until it gets SIGTERM or SIGINT.")
final class Run implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Run(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        return program.run(config.file(), commandLine.getOut(), commandLine.getErr()).number();
    }
}
