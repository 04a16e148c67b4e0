package facteur.listener;

import facteur.app.Admission;
import facteur.app.AppRates;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.login.Authenticator;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.HostAndPort;
import facteur.platform.failure.Reason;
import facteur.platform.systemd.PassedSockets;
import facteur.platform.tls.TlsKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/// One port where apps submit mail: a SubEthaSMTP server with a virtual thread per connection and our own verbs.
/// Thread-safe; started once.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 512;
    private static final int REFUSALS_AT_ONCE = 1000;

    private final ListenerSettings settings;
    private final Handshake handshake;
    private final Supplier<Admission> admission;
    private final Authenticator authenticator;
    private final Conversations conversations;
    private final AppServerSocket serverSocket;
    private final SMTPServer server;

    /// @param admission read for each new connection
    /// @param authenticator shared with the other listeners
    /// @param rates of the apps; shared with the other listeners
    /// @param tlsKeys read for each handshake
    /// @param receivingMemory for letters while they arrive; shared with the other listeners
    /// @param bodyFiles for large bodies while they arrive
    /// @param passed sockets that systemd has opened
    public Listener(
            ListenerSettings settings,
            Supplier<Admission> admission,
            Authenticator authenticator,
            AppRates rates,
            TlsKeys tlsKeys,
            Intake intake,
            ReceivingMemory receivingMemory,
            BodyFiles bodyFiles,
            Journal journal,
            PassedSockets passed) {
        this.settings = settings;
        this.admission = admission;
        this.authenticator = authenticator;
        this.handshake = new Handshake(settings.handshakeTimeout(), tlsKeys, admission, journal);
        this.conversations = new Conversations(settings, admission, handshake, journal);
        try {
            this.serverSocket = new AppServerSocket(settings.tls(), settings.session().errors(), passed);
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
        verbs(rates, intake, receivingMemory, bodyFiles, journal).forEach(server.getCommandHandler()::addCommand);
    }

    private List<Verb> verbs(
            AppRates rates, Intake intake, ReceivingMemory receivingMemory, BodyFiles bodyFiles, Journal journal) {
        var http = Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE")
                .<Verb>map(name -> new ClosingReply(name, Replies.NOT_HTTP, conversations));
        return Stream.concat(smtp(rates, intake, receivingMemory, bodyFiles, journal).stream(), http).toList();
    }

    private List<Verb> smtp(
            AppRates rates, Intake intake, ReceivingMemory receivingMemory, BodyFiles bodyFiles, Journal journal) {
        var reception = new Reception(settings, receivingMemory, bodyFiles, intake);
        return List.of(
                new Ehlo(settings.hostname(), settings.message().messageBytes(), authenticator, conversations),
                new Helo(settings.hostname(), conversations),
                new Mail(settings, admission, rates, receivingMemory, journal, conversations),
                new Rcpt(settings.recipients(), rates, journal, conversations),
                new Data(reception, settings.message().messageBytes(), conversations),
                new Bdat(reception, settings.message().messageBytes(), conversations),
                new Rset(conversations),
                new FixedReply("NOOP", Replies.OK, conversations),
                new FixedReply("VRFY", Replies.NOT_VERIFIED, conversations),
                new FixedReply("HELP", Replies.HELP, conversations),
                new ClosingReply("QUIT", Replies.BYE, conversations),
                new FixedReply("EXPN", Replies.NOT_IMPLEMENTED, conversations),
                settings.tls() == TlsMode.NONE
                        ? new FixedReply("STARTTLS", Replies.NOT_IMPLEMENTED, conversations)
                        : new StartTls(handshake, conversations),
                new Auth(admission, authenticator, journal, conversations));
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

    /// Closes connections whose peer has stopped reading; to be called every second.
    public void sweep() {
        conversations.sweep();
    }

    /// Closes the port, sends 421 to idle apps, and waits for letters that are being received: each gets its reply. What is
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
