package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.mail.message.ReceivingMemory;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import facteur.platform.tls.TlsSection;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Listeners for returns without a relay behind them, on a port of the kernel's choice.
final class ReturnListener {
    private static final String CONFIGURATION = """
            returns: { domain: return.example.org }
            limits: { message-size: 100KB, header-size: 4KB, header-fields: 20, line-length: 2000B, body-in-memory: 16KB,
                      received-fields: 5, recipients: 100, errors: 100 }
            tls: { certificate: %s, key: %s, client-ca: %s }
            """.formatted(TestTls.file("relay.pem"), TestTls.file("relay-pkcs8.key"), TestTls.file("ca.pem"));

    private final ReturnDoor door;
    private final RecordingJournal journal;
    private final TestTime time = new TestTime();
    private final NetworkRates rates = new NetworkRates(time);

    ReturnListener(ReturnDoor door, RecordingJournal journal) {
        this.door = door;
        this.journal = journal;
    }

    /// With the limits above, which are those of dialogues.
    ///
    /// @param keys of the listener
    Listener relaxed(String keys) throws IOException {
        var mine = read(keys).getFirst();
        var apps = read(keys).getLast();
        return start(new ListenerSettings(
                mine.address(), Takes.RETURNS, mine.home(), mine.hostname(), apps.message(), mine.lineEndings(), mine.tls(), mine.proxyFrom(),
                mine.connections(), apps.session(), apps.recipients(), mine.commandTimeout(), mine.handshakeTimeout(), mine.stopTimeout()));
    }

    /// With the limits of returns, but for the pause after refused recipients: there is none.
    Listener hasty(String keys) throws IOException {
        return with(new Tarpit(3, 20, Duration.ZERO), keys);
    }

    /// With the limits of returns, but one refused recipient is enough to be made to wait.
    Listener sticky(Duration pause) throws IOException {
        return with(new Tarpit(1, 20, pause), "tls: none");
    }

    private Listener with(Tarpit tarpit, String keys) throws IOException {
        var mine = read(keys).getFirst();
        return start(new ListenerSettings(
                mine.address(), Takes.RETURNS, mine.home(), mine.hostname(), mine.message(), mine.lineEndings(), mine.tls(), mine.proxyFrom(),
                mine.connections(), mine.session().withTarpit(tarpit), mine.recipients(), mine.commandTimeout(),
                mine.handshakeTimeout(), mine.stopTimeout()));
    }

    /// With room for few.
    Listener small(int connections) throws IOException {
        var mine = read("tls: none").getFirst();
        return start(new ListenerSettings(
                mine.address(), Takes.RETURNS, mine.home(), mine.hostname(), mine.message(), mine.lineEndings(), mine.tls(), mine.proxyFrom(),
                connections, mine.session(), mine.recipients(), mine.commandTimeout(), mine.handshakeTimeout(), mine.stopTimeout()));
    }

    /// Turns its clock.
    void pass(Duration duration) {
        time.advance(duration);
    }

    NetworkRates rates() {
        return rates;
    }

    /// For as many commands and refusals as a test likes.
    Listener endless() throws IOException {
        var mine = read("tls: none").getFirst();
        var session = mine.session();
        return start(new ListenerSettings(
                mine.address(), Takes.RETURNS, mine.home(), mine.hostname(), mine.message(), mine.lineEndings(), mine.tls(), mine.proxyFrom(),
                mine.connections(), new SessionLimits(session.connectionsPerClient(), Integer.MAX_VALUE, Integer.MAX_VALUE, session.dataTimeout(),
                        session.transactionTime(), session.replyTimeout(), Tarpit.NONE),
                mine.recipients(), mine.commandTimeout(), mine.handshakeTimeout(), mine.stopTimeout()));
    }

    private static List<ListenerSettings> read(String keys) {
        var problems = new Problems();
        var listeners = "listeners: [{ takes: returns, address: \"127.0.0.1:0\", " + keys + " }, { address: \"127.0.0.1:0\" }]";
        var root = ConfigFile.parse(CONFIGURATION + listeners, Path.of("facteur.yaml"), problems);
        var settings = ListenerSettings.from(root, root.section("limits"), "relay.example.org");
        assertThat(problems.list()).isEmpty();
        return settings;
    }

    private Listener start(ListenerSettings settings) throws IOException {
        var root = ConfigFile.parse(CONFIGURATION, Path.of("facteur.yaml"), new Problems());
        var keys = new TlsKeys(TlsSection.read(root.section("tls"), time));
        var listener = Listener.forReturns(settings, door, rates, new Listener.Shared(
                keys, new ReceivingMemory(1 << 24), () -> Files.createTempFile("body", ""), journal, PassedSockets.of(_ -> null)));
        listener.start();
        return listener;
    }
}
