package facteur.cli;

import facteur.office.OfficeId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur reload`.
@Command(name = "reload", mixinStandardHelpOptions = true,
        description = "Makes the running relay reload its configuration, or the settings of one office.")
final class Reload implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--office", paramLabel = "ID", description = "Only evict this office's cached settings, and look them up again.")
    private @Nullable String office;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Reload(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException {
        var installation = config.installation(invocation);
        var port = new AdminPort(installation, invocation);
        return (office == null ? reload(port, installation) : evict(port, office)).number();
    }

    private ExitCode reload(AdminPort port, VerbContext installation) throws CommandException {
        var answer = port.post("/reload");
        warn(answer.texts("warnings"));
        warn(answer.texts("atNextStart").stream().map(key -> key + " needs a restart").toList());
        invocation.out().println("configuration reloaded from " + installation.file());
        answer.texts("changed").forEach(key -> invocation.out().println("changed: " + key));
        return troubles(answer.texts("troubles"));
    }

    private ExitCode evict(AdminPort port, String id) throws CommandException {
        var parsed = OfficeId.parse(id)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "an office id is made of a-z 0-9 . _ -"));
        var answer = port.post("/settings/evict?office=" + parsed);
        var count = answer.number("evicted", 0);
        invocation.out().println(count + (count == 1 ? " cached entry evicted" : " cached entries evicted"));
        return troubles(answer.texts("troubles"));
    }

    private ExitCode troubles(List<String> troubles) {
        warn(troubles);
        return troubles.isEmpty() ? ExitCode.OK : ExitCode.NO_INPUT;
    }

    private void warn(List<String> warnings) {
        warnings.forEach(warning -> invocation.err().println("warning: " + warning));
    }
}
