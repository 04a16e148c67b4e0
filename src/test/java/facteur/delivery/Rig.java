package facteur.delivery;

import facteur.bounce.DsnWriter;
import facteur.bounce.Language;
import facteur.fixture.MemorySpool;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.message.Header;
import facteur.message.HeaderField;
import facteur.message.MemoryBody;
import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.BodyType;
import facteur.smtp.DsnRequest;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Notify;
import facteur.smtp.Reply;
import facteur.smtp.ReversePath;
import facteur.spool.Letter;
import facteur.spool.Provenance;
import facteur.spool.QueueId;
import facteur.spool.QueueIds;
import facteur.spool.QueueState;
import facteur.upstream.Breaker;
import facteur.upstream.Cause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import facteur.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A queue runner between a spool in memory and an upstream that does as it is told.
final class Rig implements AutoCloseable {
    static final ReversePath JAN = ReversePath.of("<jan@dupont.example>");
    static final Outcome TAKEN = new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_US);
    static final Outcome LATER = new Outcome.TempFailed(Stage.RCPT, new Cause.Answer(Reply.of(450, 2, 1, "later")));
    static final Outcome REFUSED = new Outcome.TempFailed(Stage.CONNECT, new Cause.Trouble("refused"));
    static final Outcome CLOSING = new Outcome.TempFailed(Stage.END_OF_DATA, new Cause.Answer(Reply.of(421, 3, 2, "closing")));
    static final Outcome NEVER = new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "no such user"));

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);

    final TestTime time = new TestTime();
    final RecordingJournal journal = new RecordingJournal();
    final MemorySpool spool = new MemorySpool();
    final AtomicInteger attempts = new AtomicInteger();
    final QueueIds ids = new QueueIds(time, new Random(1));
    final QueueRunner runner;
    volatile Function<Address, Outcome> behaviour = address -> TAKEN;

    private final Upstream upstream = new Upstream() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public HeaderEncoding encoding() {
            return HeaderEncoding.UTF8;
        }

        @Override
        public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
            attempts.incrementAndGet();
            return envelope.recipients().stream().map(ForwardPath::address).map(behaviour).toList();
        }

        @Override
        public Optional<Instant> restsUntil() {
            return Optional.empty();
        }

        @Override
        public OptionalInt connectionLimit() {
            return OptionalInt.empty();
        }

        @Override
        public void reap() {}

        @Override
        public void close() {}
    };

    Rig() {
        this(new Acceptance.Spool());
    }

    Rig(Acceptance acceptance) {
        this(acceptance, new DeliveryLimits(10, 1_000_000, STOP, POLL));
    }

    Rig(int attempts, long handOverBytes) {
        this(new Acceptance.Spool(), new DeliveryLimits(attempts, handOverBytes, STOP, POLL));
    }

    private Rig(Acceptance acceptance, DeliveryLimits limits) {
        var schedule = new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), Duration.ofDays(5), Duration.ofHours(4));
        var reporter = new Reporter(new DsnWriter("relay.example.org", Language.EN), ids);
        var courier = new Courier(upstream, new Breaker(wait -> wait, time), schedule, wait -> wait, reporter, time);
        runner = new QueueRunner(spool, courier, journal, time, limits, acceptance);
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
        var provenance = new Provenance("app", "dupont", "", "", "", "from.shared", "general.company", "1");
        return new Letter(ids.next(), time.instant(), provenance, envelope, originalReversePath, message);
    }

    /// A report of ours, once there is one.
    Letter awaitReport() {
        return Awaitility.await()
                .until(() -> spool.letters().stream().filter(each -> each.originalReversePath().equals(ReversePath.NULL)).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    void awaitState(Letter letter, Class<? extends QueueState> state) {
        Awaitility.await().until(() -> spool.state(letter.id()).filter(state::isInstance).isPresent());
    }

    void pass(Duration duration) {
        time.advance(duration);
        runner.wake();
    }

    static String text(Letter letter) {
        return letter.message().body() instanceof MemoryBody body ? new String(body.octets(), StandardCharsets.ISO_8859_1) : "";
    }

    @Override
    public void close() {
        runner.close();
    }
}
