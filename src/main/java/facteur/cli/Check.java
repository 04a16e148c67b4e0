package facteur.cli;

import facteur.platform.config.Problems;
import facteur.relay.Config;
import facteur.relay.SealKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `facteur check`.
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Reports every problem of the configuration and of the offices' settings, with its line.")
final class Check implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    Check(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var file = config.installation(invocation).file();
        var problems = new Problems();
        var read = Config.read(file, problems, invocation::variable);
        new OfficeCheck(read, problems).run();
        UnreadableFiles.check(read, problems);
        SealKey.check(read, problems);
        NamelessCheck.check(read, invocation.time().instant(), problems);
        var err = invocation.err();
        if (!problems.isEmpty()) {
            err.println(problems);
        }
        problems.warnings().forEach(warning -> err.println("warning: " + warning));
        if (problems.isEmpty()) {
            invocation.out().println(file + ": no problems");
        }
        return (problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIG).number();
    }
}
