package facteur.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
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

    /// Each by its name, in the order of the help. picocli takes long to read what one is like: when a verb is asked for, it reads
    /// that alone.
    private static final SequencedMap<String, Function<Invocation, Object>> VERBS = verbs();

    private Cli() {}

    /// Runs the verb that the command line names, in this process.
    ///
    /// @return an exit code of `sysexits.h`
    public static int execute(Invocation invocation) {
        var commandLine = commandLine(invocation);
        if (invocation.words().isEmpty()) {
            commandLine.usage(invocation.err());
            return ExitCode.USAGE.number();
        }
        var exitCode = execute(commandLine, invocation);
        if (exitCode != ExitCode.OK.number()) {
            invocation.rights().remark().ifPresent(invocation.err()::println);
        }
        invocation.out().flush();
        invocation.err().flush();
        return exitCode;
    }

    private static int execute(CommandLine commandLine, Invocation invocation) {
        try {
            return commandLine.execute(invocation.words().toArray(String[]::new));
        } catch (StackOverflowError | LinkageError failure) {
            // An operator can cause these: by odd input, or by an incomplete installation.
            return Failures.report(failure, invocation).number();
        }
    }

    private static CommandLine commandLine(Invocation invocation) {
        var commandLine = new CommandLine(new Root());
        var verb = invocation.words().stream().findFirst().map(VERBS::get);
        verb.map(Stream::of).orElseGet(VERBS.values()::stream).forEach(each -> commandLine.addSubcommand(each.apply(invocation)));
        if (verb.isEmpty()) {
            commandLine.addSubcommand(new HelpCommand()).addSubcommand(completion());
        }
        withSubcommands(commandLine)
                .map(CommandLine::getCommandSpec)
                .forEach(spec -> spec.exitCodeOnInvalidInput(ExitCode.USAGE.number())
                        .exitCodeOnExecutionException(ExitCode.SOFTWARE.number())
                        .version("facteur " + facteur.relay.Version.version()));
        return commandLine
                .setOut(invocation.out())
                .setErr(invocation.err())
                .setExecutionExceptionHandler((failure, _, _) -> Failures.report(failure, invocation).number());
    }

    private static SequencedMap<String, Function<Invocation, Object>> verbs() {
        var verbs = new LinkedHashMap<String, Function<Invocation, Object>>();
        verbs.put("run", Run::new);
        verbs.put("check", Check::new);
        verbs.put("explain", Explain::new);
        verbs.put("queue", Cli::queue);
        verbs.put("log", Log::new);
        verbs.put("forget", Forget::new);
        verbs.put("addresses", Cli::addresses);
        verbs.put("upstream", Cli::upstream);
        verbs.put("send-test", SendTest::new);
        verbs.put("domain", Cli::domain);
        verbs.put("settings", Cli::settings);
        verbs.put("status", invocation -> new Status(invocation, Status::twoSeconds));
        verbs.put("reload", Reload::new);
        verbs.put("backup", BackupFile::new);
        verbs.put("restore", RestoreFile::new);
        verbs.put("login", invocation -> new CommandLine(new Login()).addSubcommand(new LoginUnlock(invocation)));
        verbs.put("password", Password::new);
        verbs.put("token", Cli::token);
        verbs.put("user", Cli::user);
        verbs.put("version", Version::new);
        return verbs;
    }

    private static CommandLine addresses(Invocation invocation) {
        return new CommandLine(new Addresses())
                .addSubcommand(new AddressesList(invocation))
                .addSubcommand(new AddressesForget(invocation));
    }

    private static CommandLine upstream(Invocation invocation) {
        return new CommandLine(new Upstream())
                .addSubcommand(new UpstreamCheck(invocation))
                .addSubcommand(new UpstreamWake(invocation));
    }

    private static CommandLine token(Invocation invocation) {
        return new CommandLine(new Token())
                .addSubcommand(new TokenAdd(invocation))
                .addSubcommand(new TokenList(invocation))
                .addSubcommand(new TokenRevoke(invocation));
    }

    private static CommandLine user(Invocation invocation) {
        return new CommandLine(new User())
                .addSubcommand(new UserAdd(invocation))
                .addSubcommand(new UserList(invocation))
                .addSubcommand(new UserRoles(invocation))
                .addSubcommand(new UserDisable(invocation))
                .addSubcommand(new UserEnable(invocation))
                .addSubcommand(new UserReset(invocation));
    }

    private static CommandLine queue(Invocation invocation) {
        return new CommandLine(new Queue())
                .addSubcommand(new QueueList(invocation))
                .addSubcommand(new QueueShow(invocation))
                .addSubcommand(new QueueHold(invocation))
                .addSubcommand(new QueueRelease(invocation))
                .addSubcommand(new QueueRetry(invocation))
                .addSubcommand(new QueueRemove(invocation))
                .addSubcommand(new QueueFlush(invocation))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine domain(Invocation invocation) {
        return new CommandLine(new Domain())
                .addSubcommand(new DomainList(invocation))
                .addSubcommand(new DomainAdd(invocation))
                .addSubcommand(new DomainCheck(invocation))
                .addSubcommand(new DomainRecords(invocation))
                .addSubcommand(new DomainRotate(invocation))
                .addSubcommand(new DomainRemove(invocation));
    }

    private static CommandLine settings(Invocation invocation) {
        return new CommandLine(new Settings())
                .addSubcommand(new SettingsList(invocation))
                .addSubcommand(new SettingsShow(invocation))
                .addSubcommand(new SettingsExport(invocation))
                .addSubcommand(new SettingsImport(invocation))
                .addSubcommand(new SettingsEdit(invocation))
                .addSubcommand(new SettingsHistory(invocation))
                .addSubcommand(new SettingsDiff(invocation))
                .addSubcommand(new SettingsRestore(invocation));
    }

    /// For the packages, which contain its output.
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
