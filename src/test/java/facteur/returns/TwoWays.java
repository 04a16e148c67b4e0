package facteur.returns;

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
import facteur.intake.Decider;
import facteur.intake.Intake;
import facteur.intake.IntakeRules;
import facteur.intake.KnownBadRule;
import facteur.intake.ReversePathRule;
import facteur.intake.RulesInForce;
import facteur.intake.Submission;
import facteur.intake.SubmissionResult;
import facteur.mail.arc.ArcSealer;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.PublishedKey;
import facteur.mail.dkim.Signer;
import facteur.mail.dkim.TestKeys;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
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
import facteur.spool.ClaimedWork;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import facteur.upstream.SevenBitForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// The ways out and back of letters, with neither network nor disk: everything is real but the spool and the settings. Nothing is
/// delivered. For one thread.
final class TwoWays {
    static final String HOST = "relay.example.org";
    static final Address SHARED = Address.of("inbox@relay.example");

    private static final MessageLimits LIMITS = new MessageLimits(1 << 20, 128 << 10, 1_000, 64 << 10, 1 << 20);
    private static final DeliveryLimits NO_DELIVERY = new DeliveryLimits(0, 0, Duration.ZERO, Duration.ofSeconds(2));
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.10");

    final TestTime time = new TestTime();
    private final Spool spool;
    private final Map<QueueId, Letter> seen = new HashMap<>();
    private final Routes routes = routes();
    final RecordingJournal journal = new RecordingJournal();
    final QueueIds queueIds = new QueueIds(time, new Random(1));
    final ReturnAddresses addresses = new ReturnAddresses(
            new ReturnAddresses.Domains("return.example.org", Optional.of("reply.example.org")),
            () -> new ReturnKeys(List.of(new ReturnKey(0, "0123456789abcdef".repeat(4), Instant.EPOCH))));
    final RulesInForce rules;
    final ReplyRelay relay;
    /// Replies aren't sealed until a test says so.
    Optional<String> sealDomain = Optional.empty();
    List<DkimKey> sealKeys = TestKeys.BOTH;
    /// Texts by name; none for another name.
    final Map<String, String> dns = new HashMap<>();
    private final Intake intake;
    private final App app;

    /// Letters are stored in memory.
    ///
    /// @param office the app's
    TwoWays(SettingsSource settings, OfficeId office) {
        this(settings, office, new MemorySpool());
    }

    /// @param office the app's
    TwoWays(SettingsSource settings, OfficeId office, Spool spool) {
        this.spool = spool;
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(5), Duration.ofHours(4));
        var signer = new Signer(_ -> List.of(), time);
        var reporter = new Reporter(new DsnWriter(HOST, "relay.example", Language.EN), signer, queueIds, ReversePath.NULL);
        var verdicts = new Verdicts(schedule, wait -> wait, reporter, Clocks.of(time));
        var queues = new Queues(spool, queueIds, journal, Clocks.of(time), new DeliveryRules(routes, verdicts, NO_DELIVERY, new ReplyTiming.Spool()));
        var judge = new Decider(settings, new DomainRegistry(Set.of("dupont.example")), new Policy(SHARED, UnknownContext.GENERAL),
                _ -> HeaderEncoding.UTF8);
        rules = new RulesInForce(
                new IntakeRules(judge, new ReversePathRule.Returns(), 50, ReceivedClient.FULL, HOST, Optional.of(addresses), Optional.empty()));
        intake = new Intake(rules, signer, queues, queueIds, new KnownBadRule((_, _) -> List.of(), () -> KnownBad.WARN), journal, time);
        relay = new ReplyRelay(
                rules, queues, queueIds, new ReplySeal(new ArcSealer(_ -> sealKeys, this::published, time), () -> sealDomain), journal, time);
        app = new App("app", List.of(office), App.Scope.LISTED);
    }

    private Map<String, PublishedKey> published(Set<String> names) {
        return names.stream().collect(Collectors.toMap(
                name -> name, name -> dns.containsKey(name) ? new PublishedKey.Found(dns.get(name)) : new PublishedKey.Missing()));
    }

    private static Routes routes() {
        var root = ConfigFile.parse("", Path.of("facteur.yaml"), new Problems());
        var opener = new RouteOpener(
                wait -> wait, SevenBitForm.NONE, _ -> {}, new TestTime(), new Random(1), each -> new ObedientUpstream(each.name()).does(_ -> {
                    throw new AssertionError("nothing is delivered");
                }));
        return opener.open(RouteSettings.from(root, Path.of("unused"), HOST)).routes();
    }

    /// Sends a letter to a client.
    ///
    /// @param octets a character each
    /// @return as it left
    Letter send(String octets) {
        var envelope = new Envelope(
                ReversePath.of(Address.of("app@dupont.example")), List.of(Address.of("bob@bakker.example")), BodyType.SEVEN_BIT, HeaderEncoding.UTF8);
        return letter(
                intake.accept(new Submission(app, envelope, message(octets), "app.example", PEER, "ESMTP", Optional.empty(), Optional.empty())));
    }

    /// What a host hands over.
    ///
    /// @param octets a character each
    static ArrivedReturn arrived(String reversePath, Address to, String octets) {
        var message = message(octets);
        var body = octets.chars().anyMatch(c -> c > 127) ? BodyType.EIGHT_BIT : BodyType.SEVEN_BIT;
        var envelope = new Envelope(ReversePath.of(reversePath), List.of(to), body, HeaderEncoding.ASCII);
        return new ArrivedReturn(envelope, Optional.empty(), message, "mx.bakker.example", PEER, "ESMTP", Optional.empty());
    }

    Letter letter(SubmissionResult result) {
        return switch (result) {
            case SubmissionResult.Queued(var id) -> letter(id);
            case SubmissionResult.Duplicate(var first) -> throw new AssertionError("a duplicate of " + first);
            case SubmissionResult.Refused(var reply) -> throw new AssertionError(reply.toString());
        };
    }

    Letter letter(QueueId id) {
        try {
            for (var route : routes.all()) {
                if (spool.due(route.id(), time.instant(), 100) instanceof ClaimedWork.Now(var letters, _)) {
                    letters.forEach(leased -> seen.put(leased.id(), leased.letter()));
                }
            }
        } catch (SpoolException failure) {
            throw new AssertionError(failure);
        }
        return Objects.requireNonNull(seen.get(id));
    }

    static Message message(String octets) {
        return collected(octets).orElseThrow(() -> new AssertionError("a listener refuses this letter"));
    }

    /// @return empty when a listener refuses it
    static Optional<Message> collected(String octets) {
        var letter = octets.getBytes(StandardCharsets.ISO_8859_1);
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, new ReceivingMemory(1 << 30), () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter, 0, letter.length);
            return switch (collector.finish()) {
                case Collected.Whole(var message, _) -> Optional.of(message);
                case Collected.Refused _ -> Optional.empty();
            };
        }
    }

    /// A character an octet.
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
