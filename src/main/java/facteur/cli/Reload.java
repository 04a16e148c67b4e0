package facteur.cli;

import facteur.office.OfficeId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur reload`.
@Command(name = "reload", mixinStandardHelpOptions = true, description = "Has the running relay read its configuration anew, or forget one office's settings.")
final class Reload implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--office", paramLabel = "ID", description = "Only forget what is kept of this office's settings, and ask its source again.")
    private @Nullable String office;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Reload(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var out = commandLine.getOut();
        var err = commandLine.getErr();
        if (office == null) {
            return program.reload(config.file(), out, err).number();
        }
        var id = OfficeId.parse(office)
                .orElseThrow(() -> new ParameterException(commandLine, "an office id is made of a-z 0-9 . _ -"));
        return program.evict(config.file(), id, out, err).number();
    }
}
