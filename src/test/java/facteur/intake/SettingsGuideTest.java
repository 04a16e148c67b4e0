package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.DomainRegistry;
import facteur.fixture.TestTime;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.settings.FilesSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked examples of `src/docs/settings.md` give what the guide says they give.
final class SettingsGuideTest {
    private static final Path GUIDE = Path.of("src", "docs", "settings.md");
    private static final Address SHARED = Address.of("inbox@example.org");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /// Numbers of examples that show a file.
    private static final List<Integer> WITH_A_FILE = List.of(1, 2, 3, 4, 8, 10);

    @TempDir
    private Path folder;

    /// Columns: which example, the context, who writes; From and its rule, Reply-To and its rule.
    @ParameterizedTest(name = "example {0}: {1} by {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1 | -       | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | Cabinet Dupont <office@dupont.example> | general.company
            2 | -       | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | Jan Janssens <jan@dupont.example>      | general.sender
            2 | -       | job@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | Cabinet Dupont <office@dupont.example> | sender.unknown
            3 | -       | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | An Peeters <an@dupont.example>         | general.role
            4 | task    | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | tasks@dupont.example                   | context.address
            4 | invoice | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | An Peeters <an@dupont.example>         | context.role
            4 | -       | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | Cabinet Dupont <office@dupont.example> | general.company
            8 | -       | jan@dupont.example   | Cabinet Dupont SRL <office@dupont.example>  | from.office | Cabinet Dupont <office@dupont.example> | general.company
            8 | invoice | jan@dupont.example   | Dupont Billing <billing@dupont.example>     | from.office | Cabinet Dupont <office@dupont.example> | context.general
            10 | -      | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | An Peeters <an@dupont.example>         | general.role
            10 | task   | jan@dupont.example   | Cabinet Dupont <inbox@example.org>          | from.shared | tasks@dupont.example                   | context.address
            """)
    void worksAsTheGuideSays(
            int example, String context, String sender, String from, String fromRule, String replyTo, String replyToRule)
            throws IOException {
        var decision = decide(example, context, sender);
        assertThat(decision.from()).hasToString(from);
        assertThat(decision.fromRule()).hasToString(fromRule);
        assertThat(decision.replyTo().stream().map(Mailbox::toString).collect(Collectors.joining(", "))).isEqualTo(replyTo);
        assertThat(decision.replyToRule()).hasToString(replyToRule);
    }

    private Decision.Rewrite decide(int example, String context, String sender) throws IOException {
        var problems = new Problems();
        Files.writeString(folder.resolve("dupont.yaml"), examples().get(WITH_A_FILE.indexOf(example)));
        var source = new FilesSource(folder, SHARED, Roles.DEFAULT, new TestTime());
        source.readAll(problems, _ -> false);
        assertThat(problems.list()).isEmpty();

        var policy = new Policy(SHARED, UnknownContext.GENERAL);
        var header = Header.parse(("From: " + sender + "\r\nX-Relation-Id: R-1042\r\n"
                + (context == null ? "" : "X-Context: " + context + "\r\n")).getBytes(StandardCharsets.US_ASCII));
        var judgement = new Decider(source, new DomainRegistry(Set.of("dupont.example")), policy, _ -> HeaderEncoding.UTF8)
                .judge(new OfficeId("dupont"), control(header), header, HeaderEncoding.ASCII);
        return (Decision.Rewrite) ((DecisionResult.Decided) judgement).decision();
    }

    private static List<String> examples() throws IOException {
        var examples = EXAMPLE.matcher(Files.readString(GUIDE)).results().map(MatchResult::group).toList();
        assertThat(examples).hasSameSizeAs(WITH_A_FILE);
        return examples.stream().map(text -> text.replace("```yaml\n", "").replace("```", "")).toList();
    }

    private static ControlFields control(Header header) {
        return switch (ControlFields.read(header)) {
            case Parsed.Good<ControlFields>(var fields) -> fields;
            case Parsed.Bad<ControlFields>(var reply) -> throw new AssertionError(reply);
        };
    }
}
