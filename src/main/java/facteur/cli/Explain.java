package facteur.cli;

import facteur.mail.message.BodyFiles;
import facteur.mail.message.Collected;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.LineEndings;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells which From and Reply-To a letter would get, by which rules, how it would leave and what signs it: for a letter on standard input, "
                + "or for what the options say. Asks the settings source itself, not a running daemon.")
final class Explain implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--office", paramLabel = "ID", description = "The office. Default: what the letter says, or the first app's default.")
    private @Nullable String office;

    @Option(names = "--context", paramLabel = "NAME", description = "The kind of letter, as in X-Context.")
    private @Nullable String context;

    @Option(names = "--relation", paramLabel = "ID", description = "The client, as in X-Relation-Id.")
    private @Nullable String relation;

    @Option(names = "--sender", paramLabel = "MAILBOX", description = "The employee who writes, as in From.")
    private @Nullable String sender;

    @Option(names = "--to", paramLabel = "ADDRESS", split = ",", description = "Whom it is for, to tell their routes; several with commas between.")
    private List<String> recipients = List.of();

    @Option(names = "--smtputf8", description = "Judges as if the app said SMTPUTF8 and the upstream took it.")
    private boolean smtpUtf8;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Explain(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        var isLetter = office == null && context == null && relation == null && sender == null;
        Header header;
        try {
            header = isLetter ? letter() : options();
        } catch (UnfitLetter unfit) {
            spec.commandLine().getErr().println("facteur: " + unfit.getMessage());
            return ExitCode.DATA.number();
        }
        var inquiry = new ExplainRequest(Optional.ofNullable(office), header, smtpUtf8 ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII, recipients());
        return switch (program.explain(config.file(), inquiry)) {
            case Explanation.Unanswered(var exitCode, var why) -> {
                why.forEach(spec.commandLine().getErr()::println);
                yield exitCode.number();
            }
            case Explanation.Explained explained -> {
                spec.commandLine().getOut().println(json ? ExplanationText.json(explained) : ExplanationText.text(explained));
                yield ExitCode.OK.number();
            }
        };
    }

    private List<Address> recipients() {
        return recipients.stream()
                .map(text -> Address.parse(text)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(), "--to: not an address: " + text + Address.remark(text))))
                .toList();
    }

    /// The relay would not take it.
    private static final class UnfitLetter extends IOException {
        private static final long serialVersionUID = 1;

        UnfitLetter(String message) {
            super(message);
        }
    }

    private Header options() {
        var fields = new ArrayList<HeaderField>();
        addField(fields, "From", sender);
        addField(fields, "X-Context", context);
        addField(fields, "X-Relation-Id", relation);
        return new Header(fields);
    }

    private static void addField(List<HeaderField> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.add(HeaderField.of(name, value.replaceAll("\\R", " ")));
        }
    }

    /// The header on standard input, read as the relay reads it; what is wrong further on doesn't matter here.
    private static Header letter() throws IOException {
        var limits = new MessageLimits(Long.MAX_VALUE, 1 << 24, 100_000, 1 << 24, 1 << 24);
        BodyFiles none = () -> {
            throw new UnfitLetter("the body is larger than 16 MB: the header alone will do");
        };
        try (var collector = new MessageCollector(limits, LineEndings.REPAIR, new ReceivingMemory(Long.MAX_VALUE), none)) {
            var octets = System.in.readAllBytes();
            collector.write(octets, 0, octets.length);
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> message.header();
                case Collected.Refused(var reply) -> throw new UnfitLetter("the relay would refuse this letter: " + reply);
            };
        }
    }
}
