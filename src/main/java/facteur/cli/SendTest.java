package facteur.cli;

import facteur.intake.QueuedReply;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Secret;
import facteur.platform.config.TextFile;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.upstream.FailureCause;
import facteur.upstream.Login;
import facteur.upstream.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur send-test`.
@Command(
        name = "send-test",
        mixinStandardHelpOptions = true,
        description = "Sends a test letter as an app does: through a listener of the running relay, with its rules.")
final class SendTest implements Callable<Integer> {
    private static final int LONGEST_PASSWORD_BYTES = 4096;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--to", paramLabel = "ADDRESS", required = true, split = ",", description = "The recipients, separated by commas.")
    private List<String> recipients = List.of();

    @Option(names = "--office", paramLabel = "ID", description = "The office, as in X-Office-Id. Default: the app's first.")
    private @Nullable String office;

    @Option(names = "--context", paramLabel = "NAME", description = "The kind of letter, as in X-Context.")
    private @Nullable String context;

    @Option(names = "--relation", paramLabel = "ID", description = "The client, as in X-Relation-Id.")
    private @Nullable String relation;

    @Option(names = "--sender", paramLabel = "MAILBOX",
            description = "The employee who writes, as in From. Default: the shared address, which belongs to no employee.")
    private @Nullable String sender;

    @Option(names = "--subject", paramLabel = "TEXT", description = "Default: ${DEFAULT-VALUE}.")
    private String subject = "Test letter from facteur";

    @Option(names = "--listener", paramLabel = "HOST:PORT",
            description = "Where the relay listens. Default: the first listener of the configuration.")
    private @Nullable String listener;

    @Option(names = "--certificate-name", paramLabel = "NAME", description = "The name that the listener's certificate must have. Default: hostname.")
    private @Nullable String certificateName;

    @Option(names = "--login", paramLabel = "NAME", description = "Logs in as this app. Asks for the password unless an option below provides it.")
    private @Nullable String login;

    /// Where the password is read from.
    private static final class PasswordPlace {
        @Option(names = "--password-file", paramLabel = "FILE", description = "A file with the password; a line end at its end is ignored.")
        private @Nullable Path file;

        @Option(names = "--password-env", paramLabel = "VARIABLE", description = "An environment variable with the password.")
        private @Nullable String variable;
    }

    @ArgGroup
    private @Nullable PasswordPlace place;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    SendTest(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException {
        return send(config.installation(invocation).config()).number();
    }

    private ExitCode send(Config config) {
        var letter = letter(config);
        try {
            var door = LocalListener.of(
                    config,
                    Optional.ofNullable(listener).map(text -> read("--listener", text, HostAndPort::parse)),
                    Optional.ofNullable(certificateName).orElse(config.hostname()),
                    login());
            return print(letter.recipients(), door.relay(letter.envelope(), letter.message()));
        } catch (IOException | IllegalArgumentException problem) {
            invocation.err().println("facteur: " + Reason.of(problem));
            return ExitCode.DATA;
        }
    }

    private TestLetter letter(Config config) {
        return new TestLetter(
                sender == null
                        ? Mailbox.of(config.sharedAddress())
                        : read("--sender", sender, text -> ascii(Mailbox.parse(text), Mailbox::address)),
                recipients.stream().map(text -> read("--to", text, each -> ascii(Address.parse(each), address -> address))).toList(),
                oneLine(subject),
                Optional.ofNullable(office).map(SendTest::oneLine),
                Optional.ofNullable(context).map(SendTest::oneLine),
                Optional.ofNullable(relation).map(SendTest::oneLine));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private <T> T read(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), option + ": " + wrong.getMessage(), wrong);
        }
    }

    private static <T> T ascii(Optional<T> parsed, Function<T, Address> address) {
        return parsed.filter(found -> address.apply(found).isAsciiCapable())
                .orElseThrow(() -> new IllegalArgumentException("not an address in US-ASCII"));
    }

    private Optional<Login> login() throws IOException {
        if (login == null) {
            return Optional.empty();
        }
        var password = password();
        return Optional.of(new Login.Password(login, Secret.of(password)));
    }

    private String password() throws IOException {
        if (place != null && place.variable != null) {
            var password = invocation.variable(place.variable);
            if (password == null) {
                throw new IOException("the environment variable " + place.variable + " is not set");
            }
            return password;
        }
        if (place != null && place.file != null) {
            return switch (TextFile.read(place.file, LONGEST_PASSWORD_BYTES)) {
                case TextFile.Content.Text(var text) -> text.replaceFirst("\\R\\z", "");
                case TextFile.Content.Unreadable(_, var reason, _) -> throw new IOException(place.file + ": " + reason);
            };
        }
        return SecretPrompt.hide(invocation) ? SecretPrompt.ask("Password: ", invocation) : SecretPrompt.line(invocation.in());
    }

    /// Prints each reply once, with its recipient.
    private ExitCode print(List<Address> to, List<Outcome> outcomes) {
        var exitCodes = new ArrayList<ExitCode>();
        var printed = new ArrayList<String>();
        for (var i = 0; i < outcomes.size(); i++) {
            var outcome = outcomes.get(i);
            exitCodes.add(exitCode(outcome));
            var text = text(outcome);
            if (outcome instanceof Outcome.Relayed) {
                if (!printed.contains(text)) {
                    invocation.out().println(text);
                }
            } else {
                invocation.err().println("facteur: " + to.get(i) + ": " + text);
            }
            printed.add(text);
        }
        printed.stream().map(QueuedReply::queueIds).flatMap(List::stream).distinct()
                .forEach(id -> invocation.out().println("To follow it: facteur queue show " + id));
        return exitCodes.stream().filter(each -> each != ExitCode.OK).findFirst().orElse(ExitCode.OK);
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed(var reply, _, _) -> reply.toString();
            case Outcome.TempFailed(var stage, var cause) -> "failed at " + stage.word() + ": " + cause;
            case Outcome.PermFailed(var stage, var reply) -> "refused at " + stage.word() + ": " + reply;
            case Outcome.InDoubt(var cause) -> "perhaps accepted: " + cause;
            case Outcome.NotTried(var cause) -> "not tried: " + cause;
        };
    }

    private static ExitCode exitCode(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed _ -> ExitCode.OK;
            // RFC 4954 §6: the listener wants a login.
            case Outcome.TempFailed(_, FailureCause.Answer(var reply)) when reply.code() == 530 -> ExitCode.NO_PERMISSION;
            case Outcome.TempFailed(var stage, _) -> ExitCode.of(stage);
            case Outcome.PermFailed _ -> ExitCode.DATA;
            case Outcome.InDoubt _, Outcome.NotTried _ -> ExitCode.TEMPORARY;
        };
    }
}
