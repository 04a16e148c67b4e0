package facteur.cli;

import facteur.mail.smtp.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur forget`.
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Takes a person out of the message log, of captured letters and of what is recorded of operators, whether or not a daemon runs. Letters in the queue stay.")
final class Forget implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--address", paramLabel = "ADDRESS", required = true, description = "Of the person.")
    private String address = "";

    @Option(names = "--dry-run", description = "Changes nothing: tells what there is.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Forget(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var parsed = Address.parse(address).filter(_ -> address.contains("@"));
        if (parsed.isEmpty()) {
            throw new ParameterException(commandLine, "not an address: " + address);
        }
        var mode = dryRun ? Program.Forgetting.DRY_RUN : Program.Forgetting.DONE;
        return program.forget(config.file(), parsed.get().toString(), mode, commandLine.getOut(), commandLine.getErr()).number();
    }
}
