package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.domain.Claims;
import facteur.explain.Departures;
import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.intake.OutboundEncoding;
import facteur.journal.MailEvent;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.config.Problems;
import facteur.policy.Decision;
import facteur.relay.Config;
import facteur.settings.SourceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `facteur explain` says of a letter is what the relay does with it: a thousand random letters through both.
final class ExplainAgreesIT {
    private static final int LETTERS = 1_000;
    private static final long SEED = 20261123;

    private final Random random = new Random(SEED);
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void saysWhatTheRelayDoes() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .office("bysender", "company: S <s@s.example>\nreply-to: sender\ncontexts: { task: { reply-to: partner, address: x@s.example } }\n"
                        + "relations: { R-1: { partner: \"P <p@s.example>, Q <q@s.example>\" } }\n")
                .office("byrole", "company: R <r@r.example>\nreply-to: substitute\nfrom: { address: r@pending.example }\n"
                        + "relations: { R-1: { substitute: T <t@r.example> } }\n")
                .capturing();
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            for (var i = 0; i < LETTERS; i++) {
                var header = header();
                var reply = app.submit(
                        "<app@dupont.example>",
                        List.of("client@example.com"),
                        (header + "\r\nbody\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(explained(relay, header)).as("seed %d, letter %d:\n%s", SEED, i, header).isEqualTo(done(reply.code()));
            }
        }
    }

    /// Rules and addresses, or that the letter is not taken.
    private String explained(RelayFolder relay, String header) {
        var request = new ExplainRequest(Optional.empty(), Header.parse(header.getBytes(StandardCharsets.UTF_8)), HeaderEncoding.ASCII, List.of());
        var problems = new Problems();
        var config = Config.read(relay.config(), problems, System::getenv);
        assertThat(problems.list()).isEmpty();
        var time = InstantSource.system();
        var files = (SourceSettings.Elsewhere) config.rules().settings();
        try (var settings = files.open(config.sharedAddress(), config.rules().roles(), time)) {
            var explainer = new Explainer(
                    settings,
                    config.decider(settings, new Claims(), OutboundEncoding.ASSUMED_UTF8),
                    new Departures(config.outbound().routes(), new KeyFolder(config.state())),
                    config.inbound().admission().defaultOffice(),
                    time);
            return explainer.explain(request) instanceof ExplainResult.Explained(var explanation)
                    && explanation.decision() instanceof Decision.Rewrite(_, var fromRule, var replyTo, var replyToRule, _)
                            ? fromRule + " " + replyToRule + " "
                                    + replyTo.stream().map(Mailbox::address).map(Object::toString).collect(Collectors.joining(","))
                            : "not taken";
        }
    }

    private String done(int code) {
        if (code != 250) {
            return "not taken";
        }
        var accepted = journal.events(MailEvent.Accepted.class).getLast();
        return accepted.fromRule() + " " + accepted.replyToRule() + " " + accepted.replyTo();
    }

    private String header() {
        var header = new StringBuilder("Subject: random\r\n");
        maybe(header, "From", "jan@dupont.example", "An <AN@dupont.example>", "eve@example.org", "a@b.example, c@d.example", "nonsense", "g:;",
                "Janssens, Jan <jan@dupont.example>;", "eve@example.org <jan@dupont.example>", "jan@dupont.example Jan",
                "J\u00e4n <jan@dupont.example>");
        maybe(header, "From", "jan@dupont.example", "");
        maybe(header, "Sender", "jan@dupont.example", "eve@example.org");
        maybe(header, "Reply-To", "eve@example.org");
        maybe(header, "X-Office-Id", "dupont", "bysender", "byrole", "unknown", "No Office", "=?utf-8?Q?bysender?=", "=?utf-8?Q?by");
        maybe(header, "X-Context", "task", "TASK", "invoice", "other", "", "\r\n invoice", "=?utf-8?Q?invoice?=",
                "=?utf-8?B?aW52?=\r\n =?utf-8?B?b2ljZQ==?=", "=?klingon?Q?invoice?=");
        maybe(header, "X-Context", "task");
        maybe(header, "X-Relation-Id", "R-1042", "R-1", "R-none", "", "x".repeat(200),
                "=?us-ascii?q?R-10?=\r\n =?us-ascii?q?42?=", "=?utf-8?B?Ui0x?=", "=?utf-8?B?Ui0xM?=", "=?klingon?Q?R-1?=");
        return header.toString();
    }

    private void maybe(StringBuilder header, String name, String... values) {
        if (random.nextInt(3) > 0) {
            header.append(name).append(": ").append(values[random.nextInt(values.length)]).append("\r\n");
        }
    }
}
