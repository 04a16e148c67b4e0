package facteur.junit;

import facteur.intake.QueuedReply;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs the real relay inside a test, on a free port, and shows what it did:
///
/// ```java
/// @RegisterExtension
/// static final FacteurExtension facteur = FacteurExtension.create()
///         .office("dupont", Office.of("Cabinet Dupont <office@dupont.example>")
///                 .context("invoice", "responsible")
///                 .relation("R-1042", "responsible", "An Peeters <an@dupont.example>"));
/// ```
///
/// In a static field one relay serves all tests of the class, nested ones too; in an instance field each test has its
/// own. It starts when its port is asked for, at the latest before the first test, so that an upstream can be started
/// before it in any way. Letters and events are cleared before each test, and settings that a test changes are restored
/// after it: tests that run at the same time must not share a relay.
///
/// Thread-safe.
public final class FacteurExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final String HOST = "127.0.0.1";

    private final Recording recording = new Recording(Duration.ofSeconds(10));
    private final Setup setup = new Setup();
    private final Map<String, String> offices = new LinkedHashMap<>();
    private Map<String, String> officesBefore = Map.of();
    private InstantSource time = InstantSource.system();
    private @Nullable RunningRelay relay;

    /// Classes and tests that have begun and not ended.
    private int scopes;

    private FacteurExtension() {}

    public static FacteurExtension create() {
        return new FacteurExtension();
    }

    /// An office, or other settings for one. The first is what a letter without `X-Office-Id` is sent for. May be called
    /// in a test: counts from the next letter to the end of the test.
    public FacteurExtension office(String id, Office office) {
        return office(id, office.toString());
    }

    /// @param yaml what would stand in the office's file
    /// @throws IllegalArgumentException when the relay runs, and there is a problem with the settings; the old ones stay
    public synchronized FacteurExtension office(String id, String yaml) {
        if (relay != null) {
            relay.office(id, yaml);
        }
        offices.put(id, yaml);
        return this;
    }

    /// Domains that offices may use as From.
    public FacteurExtension trusting(String... domains) {
        return before(() -> setup.trust(List.of(domains)));
    }

    /// Letters go on to an SMTP server on this machine: without TLS, without login.
    ///
    /// @param port asked when the relay starts
    public FacteurExtension relayingTo(IntSupplier port) {
        return before(() -> setup.upstream(port));
    }

    /// What the tests are to the relay. Without this they are an app that may send for any office.
    ///
    /// @param offices the first is the default; `*` = any
    public FacteurExtension app(String name, String... offices) {
        return before(() -> setup.app(name, List.of(offices)));
    }

    /// More lines for `facteur.yaml`. A key at the start of a line replaces what would stand there.
    public FacteurExtension configured(String yaml) {
        return before(() -> setup.configure(yaml));
    }

    /// The clock of the relay, when it isn't the system's.
    public FacteurExtension time(InstantSource source) {
        return before(() -> time = source);
    }

    private synchronized FacteurExtension before(Runnable step) {
        if (relay != null) {
            throw new IllegalStateException("facteur runs already: only offices can be changed now");
        }
        step.run();
        return this;
    }

    public String host() {
        return HOST;
    }

    /// Of the first listener.
    public int port() {
        return running().port();
    }

    /// Those that left since the test began, in order.
    public List<Letter> letters() {
        return recording.letters();
    }

    /// Waits until that many letters have left, for up to ten seconds.
    ///
    /// @return all that left so far
    /// @throws AssertionError when fewer did; it says which did, and what went wrong last
    public List<Letter> awaitLetters(int count) {
        return recording.awaitLetters(count);
    }

    /// One per letter that was accepted since the test began, in order.
    public List<Decision> decisions() {
        return recording.events(MailEvent.Accepted.class).stream().map(Decision::from).toList();
    }

    /// @param queueId of [Letter#queueId] or [#queueId]
    /// @throws AssertionError when no letter of that id was accepted since the test began
    public Decision decision(String queueId) {
        return decisions().stream()
                .filter(decision -> decision.queueId().equals(queueId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no letter was accepted as " + queueId + "; those accepted: " + decisions()));
    }

    /// The queue id in the relay's reply to a letter, `250 2.0.0 Ok: queued as 01m8468qb1dasymv`.
    ///
    /// @throws AssertionError when there is none: the letter was not accepted
    public static String queueId(String reply) {
        return QueuedReply.queueIds(reply).stream()
                .findFirst()
                .map(QueueId::text)
                .orElseThrow(() -> new AssertionError("the letter was not accepted: " + reply));
    }

    /// All events of the letters of this test, in order.
    public List<MailEvent> events() {
        return recording.events();
    }

    /// Waits until there are that many events of a kind, for up to ten seconds.
    ///
    /// @return all of that kind so far
    /// @throws AssertionError when there are fewer
    public <E extends MailEvent> List<E> awaitEvents(Class<E> kind, int count) {
        return recording.awaitEvents(kind, count);
    }

    private synchronized RunningRelay running() {
        if (relay == null) {
            if (scopes == 0) {
                throw new IllegalStateException("facteur runs during tests only: is its field annotated with @RegisterExtension?");
            }
            relay = new RunningRelay(setup.yaml(offices.keySet()), offices, time, recording);
        }
        return relay;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        begin();
        running().forgetNames();
        officesBefore = new LinkedHashMap<>(offices);
        recording.clear();
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        restoreOffices();
        end();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private synchronized void begin() {
        scopes++;
    }

    private synchronized void end() {
        scopes--;
        var ended = relay;
        if (scopes == 0 && ended != null) {
            relay = null;
            ended.close();
        }
    }

    private void restoreOffices() {
        if (relay == null) {
            return;
        }
        for (var id : List.copyOf(offices.keySet())) {
            var before = officesBefore.get(id);
            if (before == null) {
                relay.removeOffice(id);
            } else if (!before.equals(offices.get(id))) {
                relay.office(id, before);
            }
        }
        offices.clear();
        offices.putAll(officesBefore);
    }
}
