package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.app.App;
import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySettings;
import facteur.fixture.MemorySpool;
import facteur.fixture.ObedientUpstream;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.Intake;
import facteur.intake.IntakeRules;
import facteur.intake.KnownBadRule;
import facteur.intake.ReversePathRule;
import facteur.intake.RulesInForce;
import facteur.intake.Submission;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.office.KnownBad;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.clock.Clocks;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.route.RouteOpener;
import facteur.route.RouteSettings;
import facteur.route.Routes;
import facteur.spool.SpoolException;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Stage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Plays a story: steps in, the events that they bring out. From the app's submission to the upstream's reply everything is
/// real but the spool, the settings, the upstream and time; all of it runs on the caller's thread.
final class Story {
    private static final Address SHARED = Address.of("inbox@shared.example");
    private static final Mailbox COMPANY = new Mailbox("Dupont", Address.of("office@dupont.example"));
    private static final String ONE = "upstreams: [{ name: smarthost, kind: capture }]";
    private static final String TWO = """
            upstreams: [{ name: smarthost, kind: capture }, { name: partner, kind: capture }]
            routes: [{ to-domain: partner.example, upstreams: partner }, { upstreams: smarthost }]
            """;
    private static final DeliveryLimits LIMITS = new DeliveryLimits(10, 1_000_000, Duration.ZERO, Duration.ofSeconds(2));
    /// Those that one pass starts may make work for the next.
    private static final int PASSES = 5;

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final MemorySpool spool = new MemorySpool();
    private final Clocks clocks = Clocks.of(time);
    private final QueueIds ids = new QueueIds(time, new Random(1));
    private final Signer signer = new Signer(_ -> List.of(), time);
    private final Map<String, ObedientUpstream> upstreams = new HashMap<>();
    private final Map<Address, Supplier<Outcome>> answers = new HashMap<>();
    private final StoryText text = new StoryText(time);
    private final Map<QueueId, String> states = new HashMap<>();
    private Supplier<Outcome> answer = () -> ObedientUpstream.TAKEN;
    private ReplyTiming acceptance = new ReplyTiming.Spool();
    private String office = "dupont";
    private Queues queues;

    Story() {
        queues = queues(ONE);
    }

    /// The text of a story, with the events as they come out now in place of those it has.
    String play(List<String> lines) throws SpoolException {
        for (var line : lines) {
            if (line.startsWith("#") || line.isEmpty()) {
                text.add(line);
            } else if (line.startsWith("> ")) {
                text.add(line);
                var reply = step(line.substring(2));
                journal.events().stream().skip(text.events()).forEach(text::event);
                reply.ifPresent(text::reply);
                showStates();
            }
        }
        return text.toString();
    }

    /// @return the reply to the app, where it is one of its steps
    private Optional<Reply> step(String line) throws SpoolException {
        var words = List.of(line.split(" "));
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "submit" -> {
                return Optional.of(submit(rest.getFirst(), rest.subList(1, rest.size())));
            }
            case "upstream" -> upstream(rest);
            case "wait" -> await(Duration.parse("PT" + rest.getFirst()));
            case "office" -> office = rest.getFirst();
            case "routes" -> queues = queues(rest.getFirst().equals("two") ? TWO : ONE);
            case "pass-through" -> {
                acceptance = new ReplyTiming.PassThrough(Duration.ofSeconds(1));
                queues = queues(ONE);
            }
            case "hold" -> spool.hold(text.id(rest.getFirst()));
            case "release" -> {
                spool.release(text.id(rest.getFirst()), time.instant());
                pass();
            }
            case "restart" -> {
                spool.restart(time.instant());
                queues = queues(ONE);
                pass();
            }
            default -> throw new IllegalArgumentException(line);
        }
        return Optional.empty();
    }

    private Reply submit(String reversePath, List<String> recipients) {
        var app = new App("app", Stream.of("dupont", "sandboxed").map(OfficeId::new).toList(), App.Scope.LISTED);
        var envelope = new Envelope(
                ReversePath.of(reversePath), recipients.stream().map(Story::recipient).toList(), BodyType.SEVEN_BIT, HeaderEncoding.ASCII,
                DsnRequest.NONE);
        var header = new Header(List.of(
                HeaderField.of("From", "Jan <jan@dupont.example>"),
                HeaderField.of("Subject", "test"),
                HeaderField.of("X-Office-Id", office)));
        var message = new Message(header, new MemoryBody("body\r\n".getBytes(StandardCharsets.US_ASCII)));
        var submission = new Submission(
                app, envelope, message, "app.example", InetAddress.ofLiteral("192.0.2.10"), "ESMTP", Optional.empty(), Optional.empty());
        return intake().accept(submission).reply();
    }

    /// `a@example.com`, or with NOTIFY `a@example.com,SUCCESS`.
    private static ForwardPath recipient(String word) {
        var parts = word.split(",", 2);
        return new ForwardPath(
                Address.of(parts[0]), parts.length == 1 ? Optional.empty() : Notify.parse(parts[1]), Optional.empty());
    }

    /// `for a@example.com` what, or for all: `accepts`, `says` a reply to RCPT, `refuses`, `loses` the reply to the final dot, or
    /// `stops` the relay in the middle of the attempt.
    private void upstream(List<String> words) {
        if (words.getFirst().equals("for")) {
            answers.put(Address.of(words.get(1)), answer(words.subList(2, words.size())));
        } else {
            answer = answer(words);
            answers.clear();
        }
    }

    private Supplier<Outcome> answer(List<String> words) {
        var reply = String.join(" ", words.subList(1, words.size()));
        return switch (words.getFirst()) {
            case "accepts" -> () -> ObedientUpstream.TAKEN;
            case "says" -> () -> outcome(Reply.parse(reply).orElseThrow());
            case "refuses" -> () -> new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("Connection refused"));
            case "loses" -> () -> new Outcome.InDoubt(new FailureCause.Trouble("connection lost"));
            case "stops" -> () -> {
                spool.breakDown();
                queues.close();
                return new Outcome.TempFailed(Stage.DATA, new FailureCause.Trouble("connection cut"));
            };
            default -> throw new IllegalArgumentException(words.getFirst());
        };
    }

    private static Outcome outcome(Reply reply) {
        return reply.isPermanent()
                ? new Outcome.PermFailed(Stage.RCPT, reply)
                : new Outcome.TempFailed(Stage.RCPT, new FailureCause.Answer(reply));
    }

    private void await(Duration duration) throws SpoolException {
        time.advance(duration);
        pass();
    }

    private void pass() throws SpoolException {
        for (var i = 0; i < PASSES; i++) {
            queues.pass();
        }
    }

    private void showStates() {
        var now = new LinkedHashMap<QueueId, String>();
        spool.letters().forEach(letter -> spool.state(letter.id()).ifPresent(state -> now.put(letter.id(), text.state(state))));
        now.forEach((id, state) -> {
            if (!state.equals(states.put(id, state))) {
                text.queue(id, state);
            }
        });
    }

    private Queues queues(String routes) {
        var opener = new RouteOpener(
                wait -> wait, SevenBitForm.NONE, journal, clocks.steady(), new Random(1), each -> upstream(each.name()));
        var problems = new Problems();
        var settings = RouteSettings.from(
                ConfigFile.parse(routes, Path.of("facteur.yaml"), problems), Path.of("unused"), "relay.example.org");
        assertThat(problems.list()).isEmpty();
        var rules = rules(opener.open(settings).routes());
        return new Queues(spool, ids, journal, clocks, (_, attempt) -> attempt.run(), Duration.ofSeconds(2), rules);
    }

    private DeliveryRules rules(Routes routes) {
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofHours(1)), Duration.ofDays(5), Duration.ofHours(4));
        var reporter = new Reporter(new DsnWriter("relay.example.org", "shared.example", Language.EN), signer, ids, ReversePath.NULL);
        return new DeliveryRules(routes, new Verdicts(schedule, wait -> wait, reporter, clocks), LIMITS, acceptance);
    }

    private ObedientUpstream upstream(String name) {
        return upstreams.computeIfAbsent(
                name, _ -> new ObedientUpstream(name).does(address -> answers.getOrDefault(address, answer).get()));
    }

    private Intake intake() {
        var policy = new Policy(SHARED, UnknownContext.GENERAL);
        var settings = new MemorySettings()
                .with(office("dupont", Sandbox.OFF))
                .with(office("sandboxed", Sandbox.ON));
        var rules = new IntakeRules(
                new Decider(settings, new DomainRegistry(Set.of()), policy, _ -> HeaderEncoding.UTF8),
                new ReversePathRule.Always(SHARED),
                50,
                ReceivedClient.FULL,
                "relay.example.org",
                Optional.empty(),
                Optional.of(Duration.ofHours(24)));
        return new Intake(new RulesInForce(rules), signer, queues, ids, new KnownBadRule((_, _) -> List.of(), () -> KnownBad.WARN), journal, time);
    }

    private static OfficeSettings office(String id, Sandbox sandbox) {
        return new OfficeSettings(
                new OfficeId(id), "1", COMPANY, Optional.empty(), new ReplyTo.ToSender(), Map.of(), List.of(), sandbox, WhenUnverified.FALLBACK);
    }
}
