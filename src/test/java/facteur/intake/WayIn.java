package facteur.intake;

import facteur.app.App;
import facteur.delivery.DeliveryLimits;
import facteur.delivery.DeliveryRules;
import facteur.delivery.Queues;
import facteur.delivery.ReplyTiming;
import facteur.delivery.Reporter;
import facteur.delivery.RetrySchedule;
import facteur.delivery.Verdicts;
import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySpool;
import facteur.fixture.ObedientUpstream;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.KnownBad;
import facteur.office.OfficeId;
import facteur.platform.clock.Clocks;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.route.RouteOpener;
import facteur.route.RouteSettings;
import facteur.route.Routes;
import facteur.settings.SettingsSource;
import facteur.upstream.SevenBitForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The way of a letter from its octets into the spool, with neither network nor disk: everything is real but the spool
/// and the settings. Nothing is delivered. For one thread.
final class WayIn {
    static final Address SHARED = Address.of("inbox@relay.example");
    static final Set<String> VERIFIED = Set.of("dupont.example", "bücher.example");

    private static final MessageLimits LIMITS = new MessageLimits(1 << 20, 128 << 10, 1_000, 64 << 10, 1 << 20);
    private static final DeliveryLimits NO_DELIVERY = new DeliveryLimits(0, 0, Duration.ZERO, Duration.ofSeconds(2));
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.10");

    // What a letter leaves as it was is made once: thousands of ways in are opened.
    private static final DsnWriter DSN_WRITER = new DsnWriter("relay.example.org", "relay.example", Language.EN);
    private static final Policy POLICY = new Policy(SHARED, UnknownContext.GENERAL);
    private static final Routes ROUTES = routes();
    private static final DomainRegistry DOMAINS = new DomainRegistry(VERIFIED);

    private final MemorySpool spool = new MemorySpool();
    private final RecordingJournal journal = new RecordingJournal();
    private final Intake intake;
    private final App app;

    /// @param office the app's
    /// @param upstream what it can take
    WayIn(SettingsSource settings, OfficeId office, HeaderEncoding upstream) {
        this(settings, office, upstream, new KnownBadRule((_, _) -> List.of(), () -> KnownBad.WARN));
    }

    WayIn(SettingsSource settings, OfficeId office, HeaderEncoding upstream, KnownBadRule knownBad) {
        var time = new TestTime();
        var queueIds = new QueueIds(time, new Random(1));
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4));
        var signer = new Signer(_ -> List.of(), time);
        var reporter = new Reporter(DSN_WRITER, signer, queueIds, ReversePath.NULL);
        var verdicts = new Verdicts(schedule, wait -> wait, reporter, Clocks.of(time));
        var queue = new Queues(spool, queueIds, journal, Clocks.of(time), new DeliveryRules(ROUTES, verdicts, NO_DELIVERY, new ReplyTiming.Spool()));
        var judge = new Decider(settings, DOMAINS, POLICY, _ -> upstream);
        var rules = new RulesInForce(new IntakeRules(judge, new ReversePathRule.Always(SHARED), 50, ReceivedClient.FULL, "relay.example.org",
                Optional.empty(), Optional.of(Duration.ofHours(24))));
        intake = new Intake(rules, signer, queue, queueIds, knownBad, journal, time);
        app = new App("app", List.of(office), App.Scope.LISTED);
    }

    private static Routes routes() {
        var root = ConfigFile.parse("", Path.of("facteur.yaml"), new Problems());
        var opener = new RouteOpener(
                wait -> wait, SevenBitForm.NONE, _ -> {}, new TestTime(), new Random(1), each -> new ObedientUpstream(each.name()).does(_ -> {
                    throw new AssertionError("nothing is delivered");
                }));
        return opener.open(RouteSettings.from(root, Path.of("unused"), "relay.example.org")).routes();
    }

    /// @param octets a character each
    Parsed<Letter> submit(String octets, Envelope envelope) {
        return switch (collect(octets)) {
            case Collected.Refused(var reply) -> new Parsed.Bad<>(reply);
            case Collected.Whole(var message, var body) -> submit(message, envelope.holding(body, envelope.encoding()));
        };
    }

    private Parsed<Letter> submit(Message message, Envelope envelope) {
        return switch (intake.accept(new Submission(app, envelope, message, "app.example", PEER, "ESMTP", Optional.empty(), Optional.empty()))) {
            case SubmissionResult.Queued _ -> new Parsed.Good<>(spool.letters().getLast());
            case SubmissionResult.Duplicate(var first) -> throw new AssertionError("known as " + first);
            case SubmissionResult.Refused(var reply) -> new Parsed.Bad<>(reply);
        };
    }

    private static Collected collect(String octets) {
        var letter = octets.getBytes(StandardCharsets.ISO_8859_1);
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter, 0, letter.length);
            return collector.finish();
        }
    }

    RecordingJournal journal() {
        return journal;
    }

    /// All that was stored, reports of ours too.
    List<Letter> letters() {
        return spool.letters();
    }

    /// What leaves, a character an octet.
    static String octets(Message message) {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
