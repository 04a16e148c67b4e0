package facteur.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MemorySpool;
import facteur.fixture.ObedientUpstream;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.platform.clock.Clocks;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.route.RouteOpener;
import facteur.route.RouteSettings;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A queue runner between a spool in memory and an upstream that does as it is told.
final class Rig implements AutoCloseable {
    static final ReversePath JAN = ReversePath.of("<jan@dupont.example>");
    static final Outcome TAKEN = ObedientUpstream.TAKEN;
    static final Outcome LATER = new Outcome.TempFailed(Stage.RCPT, new FailureCause.Answer(Reply.of(450, 2, 1, "later")));
    static final Outcome REFUSED = new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"));
    static final Outcome CLOSING = new Outcome.TempFailed(Stage.END_OF_DATA, new FailureCause.Answer(Reply.of(421, 3, 2, "closing")));
    static final Outcome NEVER = new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "no such user"));

    private static final String ONE = "upstreams: [{ name: test, kind: capture }]";
    static final ReturnAddresses RETURNS = new ReturnAddresses(
            new ReturnAddresses.Domains("return.example", Optional.empty()),
            () -> new ReturnKeys(List.of(new ReturnKey(0, ReturnKey.newSecret(new Random(1)), TestTime.START))));

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final DeliveryLimits LIMITS = new DeliveryLimits(10, 1_000_000, STOP, POLL);
    /// More than a machine that is busy takes to write an outcome.
    private static final Duration GRACE = Duration.ofSeconds(20);

    final TestTime time = new TestTime();
    final RecordingJournal journal = new RecordingJournal();
    final MemorySpool spool = new MemorySpool();
    final QueueIds ids;
    final Queues queues;
    final ObedientUpstream upstream;
    private final Clocks clocks;
    private final Map<String, ObedientUpstream> upstreams = new HashMap<>();
    private boolean isClosed;

    Rig() {
        this(new ReplyTiming.Spool());
    }

    Rig(ReplyTiming acceptance) {
        this(acceptance, GRACE);
    }

    /// @param grace how long a refusal may take to be written before the app gets it all the same
    Rig(ReplyTiming acceptance, Duration grace) {
        this(ONE, acceptance, grace, LIMITS, Optional.empty());
    }

    Rig(int attempts, long handOverBytes) {
        this(ONE, new ReplyTiming.Spool(), GRACE, new DeliveryLimits(attempts, handOverBytes, STOP, POLL), Optional.empty());
    }

    /// With several upstreams.
    ///
    /// @param routes `upstreams` and `routes` of a configuration; of what kind they are makes no difference
    Rig(String routes) {
        this(routes, new ReplyTiming.Spool(), GRACE, LIMITS, Optional.empty());
    }

    /// With a clock that can be set, instead of [#time].
    Rig(Clocks clocks) {
        this(ONE, new ReplyTiming.Spool(), GRACE, LIMITS, Optional.of(clocks));
    }

    private Rig(String routes, ReplyTiming acceptance, Duration grace, DeliveryLimits limits, Optional<Clocks> settable) {
        clocks = settable.orElseGet(() -> Clocks.of(time));
        ids = new QueueIds(clocks.wall(), new Random(1));
        var opener = new RouteOpener(
                wait -> wait, SevenBitForm.NONE, journal, clocks.steady(), new Random(1), each -> upstream(each.name()));
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), Duration.ofDays(5), Duration.ofHours(4));
        var dsnWriter = new DsnWriter("relay.example.org", "shared.example", Language.EN);
        var reporter = new Reporter(dsnWriter, new Signer(_ -> List.of(), clocks.wall()), ids, ReversePath.NULL);
        var verdicts = new Verdicts(schedule, wait -> wait, reporter, clocks);
        var open = opener.open(settings(routes));
        upstream = upstream(open.hops().getFirst().name());
        var rules = new DeliveryRules(open.routes(), verdicts, limits, acceptance, Optional.of(RETURNS));
        queues = new Queues(spool, ids, journal, clocks, DeliveryContext.AttemptThreads::startVirtual, grace, rules);
    }

    private static RouteSettings settings(String routes) {
        var problems = new Problems();
        var root = ConfigFile.parse(routes, Path.of("facteur.yaml"), problems);
        var settings = RouteSettings.from(root, Path.of("unused"), "relay.example.org");
        assertThat(problems.list()).isEmpty();
        return settings;
    }

    ObedientUpstream upstream(String name) {
        return upstreams.computeIfAbsent(name, ObedientUpstream::new);
    }

    Letter letter(ReversePath originalReversePath, String... recipients) {
        return letter(originalReversePath, Optional.empty(), recipients);
    }

    Letter letter(ReversePath originalReversePath, Optional<Notify> notify, String... recipients) {
        return letter(originalReversePath, Stream.of(recipients)
                .map(recipient -> new ForwardPath(Address.of(recipient), notify, Optional.empty()))
                .toList());
    }

    Letter letter(ReversePath originalReversePath, List<ForwardPath> recipients) {
        var envelope = new Envelope(
                ReversePath.of("<inbox@shared.example>"), recipients, BodyType.SEVEN_BIT, HeaderEncoding.ASCII, DsnRequest.NONE);
        var message = new Message(new Header(List.of(HeaderField.of("Subject", "test"))), new MemoryBody(new byte[200]));
        return new Letter(ids.next(), clocks.wall().instant(), provenance("dupont"), envelope, originalReversePath, message);
    }

    /// The same letter of another office.
    static Letter of(String office, Letter letter) {
        return new Letter(
                letter.id(), letter.acceptedAt(), provenance(office), letter.envelope(), letter.originalReversePath(), letter.message());
    }

    private static Provenance provenance(String office) {
        return Provenance.parse("app", office, "", "", "", "from.shared", "general.company", "1", "", "");
    }

    /// Stores a letter and delivers it.
    Optional<Reply> accept(Letter letter) throws SpoolException {
        return queues.store(letter).deliver();
    }

    /// A report of ours, once there is one.
    Letter awaitReport() {
        return Awaitility.await()
                .until(() -> spool.letters().stream().filter(each -> each.originalReversePath().equals(ReversePath.NULL)).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    void awaitState(Letter letter, Class<? extends QueueState> state) {
        Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).await()
                .until(() -> spool.state(letter.id()).filter(state::isInstance).isPresent());
    }

    void pass(Duration duration) {
        time.advance(duration);
        queues.wake();
    }

    static String text(Letter letter) {
        return letter.message().body() instanceof MemoryBody body ? new String(body.octets(), StandardCharsets.ISO_8859_1) : "";
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            queues.close();
        }
    }
}
