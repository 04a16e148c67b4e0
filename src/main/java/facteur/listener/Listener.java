package facteur.listener;

import facteur.app.Admission;
import facteur.app.AppRates;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.login.Authenticator;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.ReceivingMemory;
import facteur.platform.config.HostAndPort;
import facteur.platform.failure.Reason;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import facteur.returns.ReturnDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/// One port where mail comes in: a SubEthaSMTP server with a virtual thread per connection and our own verbs.
/// Thread-safe; started once.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 512;
    private static final int REFUSALS_AT_ONCE = 1000;

    /// What all listeners share.
    ///
    /// @param tlsKeys read for each handshake
    /// @param receivingMemory for letters while they arrive
    /// @param bodyFiles for large bodies while they arrive
    /// @param passed sockets that systemd has opened
    public record Shared(
            TlsKeys tlsKeys, ReceivingMemory receivingMemory, BodyFiles bodyFiles, Journal journal, PassedSockets passed) {}

    private final ListenerSettings settings;
    private final Conversations conversations;
    private final AppServerSocket serverSocket;
    private final SMTPServer server;

    /// A listener for apps.
    ///
    /// @param admission read for each new connection
    /// @param authenticator shared with the other listeners
    /// @param rates of the apps; shared with the other listeners
    public static Listener forApps(
            ListenerSettings settings,
            Supplier<Admission> admission,
            Authenticator authenticator,
            AppRates rates,
            Intake intake,
            Shared shared) {
        return new Listener(settings, admission, Optional.of(authenticator), new AppHooks(admission, rates, intake, shared.journal()), shared);
    }

    /// A listener for returns: no peer of it is an app, and none can log in.
    ///
    /// @param rates of networks; shared with the other listeners for returns
    public static Listener forReturns(ListenerSettings settings, ReturnDoor door, NetworkRates rates, Shared shared) {
        var nobody = new Admission(List.of());
        return new Listener(settings, () -> nobody, Optional.empty(), new ReturnHooks(door, rates, shared.journal()), shared);
    }

    private Listener(
            ListenerSettings settings, Supplier<Admission> admission, Optional<Authenticator> authenticator, Hooks hooks, Shared shared) {
        this.settings = settings;
        var journal = shared.journal();
        var handshake = new Handshake(settings.handshakeTimeout(), settings.takes(), shared.tlsKeys(), admission, journal);
        this.conversations = new Conversations(settings, admission, hooks, handshake, journal);
        try {
            this.serverSocket = new AppServerSocket(settings.tls(), settings.session().errors(), shared.passed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = SMTPServer.port(settings.address().getPort())
                .bindAddress(settings.address().getAddress())
                .backlog(BACKLOG)
                .hostName(settings.hostname())
                .softwareName("facteur")
                // The library's own limit is never reached: connections beyond ours get our reply.
                .maxConnections(settings.connections() + REFUSALS_AT_ONCE)
                .connectionTimeoutMs((int) settings.commandTimeout().toMillis())
                .insertReceivedHeaders(false)
                .sessionHandler(conversations)
                .serverSocketFactory(() -> serverSocket)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("session-", 0).factory()))
                .serverThreadName("listener")
                .build();
        new VerbTable(settings, admission, authenticator, hooks, handshake, shared.receivingMemory(), shared.bodyFiles(), journal)
                .verbs(conversations)
                .forEach(server.getCommandHandler()::addCommand);
    }

    /// Opens the port.
    ///
    /// @throws IOException when it can't be opened; the message names it
    public void start() throws IOException {
        try {
            server.start();
        } catch (RuntimeException e) {
            leavePort();
            var cause = e.getCause() instanceof IOException io ? io : e;
            var address = new HostAndPort(settings.address().getAddress().getHostAddress(), settings.address().getPort());
            throw new IOException("can't listen on " + address + ": " + Reason.of(cause), cause);
        }
    }

    /// The port, also when the kernel chose it.
    public int port() {
        return server.getPortAllocated();
    }

    public ListenerSettings settings() {
        return settings;
    }

    /// How many connections are open.
    public int connections() {
        return conversations.count();
    }

    /// Whether it still accepts connections: the thread that accepts is alive.
    public boolean isServed() {
        return serverSocket.isServed();
    }

    /// Closes the port; open connections continue.
    public void leavePort() {
        try {
            serverSocket.stopAccepting();
        } catch (IOException e) {
            LOG.warn("closing port {}", port(), e);
        }
    }

    /// Closes connections whose peer has stopped reading, or has been silent for too long; to be called every second.
    public void sweep() {
        conversations.sweep();
    }

    /// Closes the port, sends 421 to idle peers, and waits for letters that are being received: each gets its reply. What is
    /// still open after the timeout is closed.
    @Override
    public void close() {
        leavePort();
        var cut = conversations.end(settings.stopTimeout());
        if (cut > 0) {
            LOG.warn("cut {} connections on port {}", cut, port());
        }
        server.stop();
    }
}
