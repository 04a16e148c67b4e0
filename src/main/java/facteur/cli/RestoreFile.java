package facteur.cli;

import facteur.backup.Existing;
import facteur.backup.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur restore`.
@Command(name = "restore", mixinStandardHelpOptions = true, description = "Puts a backup into the state folder, while no relay runs. Letters that were relayed since it was made are sent again.")
final class RestoreFile implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--force", description = "Move the state that is there aside.")
    private boolean isForced;

    @Option(names = "--hold", description = "Put every letter on hold, to be looked at first.")
    private boolean isHeld;

    @Parameters(paramLabel = "FILE", description = "What `facteur backup` made.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RestoreFile(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var existing = isForced ? Existing.REPLACE : Existing.REFUSE;
        var waiting = isHeld ? Restore.Waiting.HELD : Restore.Waiting.DUE;
        return program.restore(config.file(), file, existing, waiting, commandLine.getOut(), commandLine.getErr()).number();
    }
}
