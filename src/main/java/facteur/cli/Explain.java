package facteur.cli;

import facteur.config.Json;
import facteur.idna.DomainName;
import facteur.message.BodyFiles;
import facteur.message.Collected;
import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.message.LineEndings;
import facteur.message.Mailbox;
import facteur.message.MessageCollector;
import facteur.message.MessageLimits;
import facteur.message.ReceivingMemory;
import facteur.policy.Decision;
import facteur.policy.Rule;
import facteur.smtp.HeaderEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells which From and Reply-To a letter would get, and by which rules: for a letter on standard input, "
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
        var inquiry = new Inquiry(Optional.ofNullable(office), header, smtpUtf8 ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
        return switch (program.explain(config.file(), inquiry)) {
            case Explanation.Unanswered(var exitCode, var why) -> {
                why.forEach(spec.commandLine().getErr()::println);
                yield exitCode.number();
            }
            case Explanation.Explained explained -> {
                spec.commandLine().getOut().println(json ? Json.of(members(explained)) : text(explained));
                yield ExitCode.OK.number();
            }
        };
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

    private static Map<String, Object> members(Explanation.Explained explained) {
        var members = new LinkedHashMap<String, Object>();
        members.put("office", explained.letter().office().id());
        members.put("context", explained.letter().context().map(Object::toString).orElse(""));
        members.put("relation", explained.relation());
        members.put("sender", explained.letter().sender().map(Object::toString).orElse(""));
        switch (explained.decision()) {
            case Decision.Rewrite(var from, var fromRule, var replyTo, var replyToRule, var fallback) -> {
                members.put("from", from);
                members.put("fromRule", fromRule);
                fallback.ifPresent(why -> members.put("fallback", why));
                members.put("replyTo", replyTo);
                members.put("replyToRule", replyToRule);
                members.put("considered", considered(fromRule, replyToRule));
            }
            case Decision.Refuse(var reply) -> members.put("refused", reply);
        }
        members.put("settingsSource", explained.source());
        members.put("settingsVersion", explained.letter().office().version());
        members.put("settingsAge", explained.settingsAge().toSeconds());
        members.put("warnings", explained.warnings());
        return members;
    }

    /// Each row that was looked at, the one that fits last in its table.
    private static List<Map<String, Object>> considered(Rule fromRule, Rule replyToRule) {
        return Stream.of(fromRule, replyToRule)
                .flatMap(rule -> Stream.concat(
                        rule.passedOver().stream().map(other -> member(other, rule)), Stream.of(member(rule, rule))))
                .toList();
    }

    private static Map<String, Object> member(Rule rule, Rule chosen) {
        var row = new LinkedHashMap<String, Object>();
        row.put("rule", rule);
        row.put("fits", rule == chosen);
        row.put("sentence", rule.sentence());
        return row;
    }

    private static String text(Explanation.Explained explained) {
        var letter = explained.letter();
        var lines = new ArrayList<String>();
        lines.add("office    " + letter.office().id() + ", by " + explained.source() + ", version " + letter.office().version()
                + ", " + explained.settingsAge().toSeconds() + " s old");
        lines.add("context   " + letter.context().map(Object::toString).orElse("none: general"));
        lines.add("relation  " + (explained.relation().isEmpty() ? "none" : explained.relation()));
        lines.add("sender    " + letter.sender().map(Mailbox::toString).orElse("unknown"));
        lines.add("");
        switch (explained.decision()) {
            case Decision.Rewrite(var from, var fromRule, var replyTo, var replyToRule, var fallback) -> {
                lines.add("From      " + from);
                lines.addAll(otherForm(from));
                fallback.ifPresent(why -> lines.add("fallback  " + why));
                lines.addAll(rows(fromRule));
                lines.add("Reply-To  " + String.join(", ", replyTo.stream().map(Mailbox::toString).toList()));
                replyTo.forEach(mailbox -> lines.addAll(otherForm(mailbox)));
                lines.addAll(rows(replyToRule));
            }
            case Decision.Refuse(var reply) -> lines.add("refused   " + reply);
        }
        explained.warnings().forEach(warning -> lines.add("warning   " + warning));
        return String.join("\n", lines);
    }

    /// How an address is written that isn't written as it was given, or what people call its domain.
    private static List<String> otherForm(Mailbox mailbox) {
        var address = mailbox.address();
        var name = DomainName.unicode(address.asciiDomain());
        if (!address.wire().equals(address.toString())) {
            return List.of("          written as " + address.wire());
        }
        return name.equals(address.asciiDomain()) ? List.of() : List.of("          at " + name);
    }

    private static List<String> rows(Rule rule) {
        return Stream.concat(
                        rule.passedOver().stream().map(other -> row("no", other)), Stream.of(row("yes", rule)))
                .toList();
    }

    private static String row(String fits, Rule rule) {
        return "     %-5s%-20s%s".formatted(fits, rule.id(), rule.sentence());
    }
}
