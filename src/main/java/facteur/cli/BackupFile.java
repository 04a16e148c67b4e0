package facteur.cli;

import facteur.backup.Existing;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur backup`.
@Command(name = "backup", mixinStandardHelpOptions = true, description = "Puts queue, history, keys and tokens into one file, while the relay runs or not.")
final class BackupFile implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean isForced;

    @Parameters(paramLabel = "FILE", description = "A ZIP file, to be made with mode 0600.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    BackupFile(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var existing = isForced ? Existing.REPLACE : Existing.REFUSE;
        return program.backup(config.file(), file, existing, commandLine.getOut(), commandLine.getErr()).number();
    }
}
