package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur version`.
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version, and the Java that runs it.")
final class Version implements Runnable {
    private final Program program;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Version(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        spec.commandLine().getOut().println("facteur " + program.version() + " (Java " + Runtime.version() + ")");
    }
}
