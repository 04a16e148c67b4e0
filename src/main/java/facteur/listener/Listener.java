package facteur.listener;

import facteur.config.HostAndPort;
import facteur.intake.Intake;
import facteur.journal.Journal;
import facteur.message.BodyFiles;
import facteur.message.ReceivingMemory;
import facteur.smtp.TlsMode;
import facteur.tls.TlsKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/// One port that apps submit mail to: a SubEthaSMTP server, a virtual thread for each connection, our own verbs.
/// Thread-safe; started once.
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 512;

    private final ListenerSettings settings;
    private final Handshake handshake;
    private final Conversations conversations;
    private final AppServerSocket serverSocket;
    private final SMTPServer server;

    /// @param admission the one in force, asked for each new connection
    /// @param tlsKeys shown by handshakes, whatever they are at the moment
    /// @param receivingMemory for letters while they arrive; shared with the other listeners
    /// @param bodyFiles where large bodies are put while they arrive
    public Listener(
            ListenerSettings settings,
            Supplier<Admission> admission,
            TlsKeys tlsKeys,
            Intake intake,
            ReceivingMemory receivingMemory,
            BodyFiles bodyFiles,
            Journal journal) {
        this.settings = settings;
        this.handshake = new Handshake(settings.tls(), settings.handshakeTimeout(), tlsKeys, admission, journal);
        this.conversations = new Conversations(admission, handshake);
        try {
            this.serverSocket = new AppServerSocket(settings.tls());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = SMTPServer.port(settings.address().getPort())
                .bindAddress(settings.address().getAddress())
                .backlog(BACKLOG)
                .hostName(settings.hostname())
                .softwareName("facteur")
                .maxConnections(settings.connections())
                .connectionTimeoutMs((int) settings.commandTimeout().toMillis())
                .insertReceivedHeaders(false)
                .sessionHandler(conversations)
                .serverSocketFactory(() -> serverSocket)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("session-", 0).factory()))
                .serverThreadName("listener")
                .build();
        verbs(intake, receivingMemory, bodyFiles, journal).forEach(server.getCommandHandler()::addCommand);
    }

    private List<Verb> verbs(
            Intake intake, ReceivingMemory receivingMemory, BodyFiles bodyFiles, Journal journal) {
        var http = Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE")
                .<Verb>map(name -> new Farewell(name, Replies.NOT_HTTP, conversations));
        return Stream.concat(smtp(intake, receivingMemory, bodyFiles, journal).stream(), http).toList();
    }

    private List<Verb> smtp(
            Intake intake, ReceivingMemory receivingMemory, BodyFiles bodyFiles, Journal journal) {
        return List.of(
                new Ehlo(settings.hostname(), settings.message().messageBytes(), conversations),
                new Helo(settings.hostname(), conversations),
                new Mail(settings.message().messageBytes(), journal, conversations),
                new Rcpt(settings.recipients(), conversations),
                new Data(settings, receivingMemory, bodyFiles, intake, journal, conversations),
                new Rset(conversations),
                new Plain("NOOP", Replies.OK, conversations),
                new Plain("VRFY", Replies.NOT_VERIFIED, conversations),
                new Plain("HELP", Replies.HELP, conversations),
                new Farewell("QUIT", Replies.BYE, conversations),
                new Plain("EXPN", Replies.NOT_IMPLEMENTED, conversations),
                settings.tls() == TlsMode.NONE
                        ? new Plain("STARTTLS", Replies.NOT_IMPLEMENTED, conversations)
                        : new StartTls(handshake, conversations),
                new Plain("AUTH", Replies.NOT_IMPLEMENTED, conversations),
                new Bdat(conversations));
    }

    /// Opens the port.
    ///
    /// @throws IOException when it can't be had; the message says which
    public void start() throws IOException {
        try {
            server.start();
        } catch (RuntimeException e) {
            var cause = e.getCause() instanceof IOException io ? io : e;
            var address = new HostAndPort(settings.address().getAddress().getHostAddress(), settings.address().getPort());
            throw new IOException("can't listen on " + address + ": " + cause.getMessage(), cause);
        }
    }

    /// The port, also when the kernel chose it.
    public int port() {
        return server.getPortAllocated();
    }

    /// Closes the port, tells idle apps 421, and waits for letters that are being received: each gets its reply. What is
    /// still open after the timeout is cut.
    @Override
    public void close() {
        try {
            serverSocket.stopAccepting();
        } catch (IOException e) {
            LOG.warn("closing port {}", port(), e);
        }
        var cut = conversations.end(settings.stopTimeout());
        if (cut > 0) {
            LOG.warn("cut {} connections on port {}", cut, port());
        }
        server.stop();
    }
}
