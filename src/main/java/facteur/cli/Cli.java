package facteur.cli;

import java.io.PrintWriter;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command `facteur` and its verbs.
public final class Cli {
    @Command(
            name = "facteur",
            description = "The SMTP relay that puts the right name on every letter an office sends.",
            synopsisSubcommandLabel = "VERB",
            mixinStandardHelpOptions = true)
    private static final class Root {}

    private Cli() {}

    /// Reads a command line and does what it says.
    ///
    /// @return a number of `sysexits.h`
    public static int execute(Program program, String... arguments) {
        return execute(commandLine(program), program, arguments);
    }

    /// The same with other places for what it says.
    public static int execute(Program program, PrintWriter out, PrintWriter err, String... arguments) {
        return execute(commandLine(program).setOut(out).setErr(err), program, arguments);
    }

    private static CommandLine commandLine(Program program) {
        var commandLine = new CommandLine(new Root())
                .addSubcommand(new Run(program))
                .addSubcommand(new Check(program))
                .addSubcommand(new Explain(program))
                .addSubcommand(queue(program))
                .addSubcommand(new Log(program))
                .addSubcommand(new Forget(program))
                .addSubcommand(new CommandLine(new Upstream())
                        .addSubcommand(new UpstreamCheck(program))
                        .addSubcommand(new UpstreamWake(program)))
                .addSubcommand(new SendTest(program))
                .addSubcommand(domain(program))
                .addSubcommand(new Status(program, Status::twoSeconds))
                .addSubcommand(new Reload(program))
                .addSubcommand(new BackupFile(program))
                .addSubcommand(new RestoreFile(program))
                .addSubcommand(new CommandLine(new Login()).addSubcommand(new LoginUnlock(program)))
                .addSubcommand(new Password())
                .addSubcommand(new Version(program))
                .addSubcommand(new HelpCommand())
                .addSubcommand(completion());
        withSubcommands(commandLine)
                .map(CommandLine::getCommandSpec)
                .forEach(spec -> spec.exitCodeOnInvalidInput(ExitCode.USAGE.number())
                        .exitCodeOnExecutionException(ExitCode.SOFTWARE.number())
                        .version("facteur " + program.version()));
        return commandLine.setExecutionExceptionHandler(
                (failure, line, _) -> Failures.tell(failure, line.getErr()).number());
    }

    private static int execute(CommandLine commandLine, Program program, String... arguments) {
        if (arguments.length == 0) {
            commandLine.usage(commandLine.getErr());
            return ExitCode.USAGE.number();
        }
        var exitCode = execute(commandLine, arguments);
        if (exitCode != ExitCode.OK.number()) {
            program.remark().ifPresent(commandLine.getErr()::println);
        }
        return exitCode;
    }

    private static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (StackOverflowError | LinkageError failure) {
            // Those that an operator may bring about: by odd input, or a program that is only half there.
            return Failures.tell(failure, commandLine.getErr()).number();
        }
    }

    private static CommandLine queue(Program program) {
        return new CommandLine(new Queue())
                .addSubcommand(new QueueList(program))
                .addSubcommand(new QueueShow(program))
                .addSubcommand(new QueueHold(program))
                .addSubcommand(new QueueRelease(program))
                .addSubcommand(new QueueRetry(program))
                .addSubcommand(new QueueRemove(program))
                .addSubcommand(new QueueFlush(program))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine domain(Program program) {
        return new CommandLine(new Domain())
                .addSubcommand(new DomainList(program))
                .addSubcommand(new DomainAdd(program))
                .addSubcommand(new DomainCheck(program))
                .addSubcommand(new DomainRecords(program))
                .addSubcommand(new DomainRotate(program))
                .addSubcommand(new DomainRemove(program));
    }

    /// For the package, which holds what it prints.
    private static CommandLine completion() {
        var commandLine = new CommandLine(new GenerateCompletion());
        commandLine.getCommandSpec().usageMessage().hidden(true);
        return commandLine;
    }

    private static Stream<CommandLine> withSubcommands(CommandLine commandLine) {
        return Stream.concat(
                Stream.of(commandLine), commandLine.getSubcommands().values().stream().flatMap(Cli::withSubcommands));
    }
}
