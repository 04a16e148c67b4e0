package facteur.upstream;

import facteur.mail.smtp.Reply;
import facteur.mail.smtp.TlsMode;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// One SMTP connection, opened by Angus Mail: its greeting, STARTTLS and farewell, and a dialogue of our own above them
/// ([Transaction]), because `sendMessage` has no pipelining, no SIZE or BODY, and takes only 250 for a yes after the dot.
/// Replies are read by [ReplyReader], the one to EHLO by [Extensions], and the message goes by [DataStream], since Angus
/// looks at each octet twice.
///
/// Three habits of Angus are kept out: it goes on in clear when AUTH or STARTTLS isn't offered, so both are done here; it
/// keeps what EHLO said before TLS when the second EHLO fails; and it sends the low octet of each character (`U+010A` would
/// be a line feed).
///
/// One thread at a time.
final class RelayTransport extends SMTPTransport {
    private final String host;
    private final RelaySocket socket;
    private final ReplyReader replies;
    private final Timeouts timeouts;
    private final LetterWriter writer;
    private final Instant openedAt;
    private Stage stage = Stage.GREETING;
    private Duration patience;
    private Greeting introduction = Greeting.NONE;
    private String response = "";
    private @Nullable Peer peer;
    private int letters;
    private boolean isProving;

    /// @param session holds EHLO name and TLS socket factory
    /// @param socket connected; TLS may be on top of it already
    RelayTransport(Session session, String host, RelaySocket socket, Timeouts timeouts, Instant openedAt) {
        super(session, null);
        this.host = host;
        this.socket = socket;
        this.replies = new ReplyReader(socket);
        this.timeouts = timeouts;
        this.writer = new LetterWriter(this, socket, timeouts);
        this.openedAt = openedAt;
        this.patience = timeouts.command();
    }

    Instant openedAt() {
        return openedAt;
    }

    /// Who is at the other end; to be asked once it is ready for letters.
    Peer peer() {
        if (peer == null) {
            peer = Peer.of(host, (InetSocketAddress) socket.getRemoteSocketAddress(), socket.tls());
        }
        return peer;
    }

    Greeting introduction() {
        return introduction;
    }

    /// Takes the messages behind DATA.
    LetterWriter writer() {
        return writer;
    }

    /// How many letters were begun on this connection.
    int letters() {
        return letters;
    }

    /// Whether it has served a letter: then it may be at its end ([StaleConnection]).
    boolean hasServed() {
        return letters > 0;
    }

    /// A letter begins. Over a connection that served before, the first reply has less time than others: should the other
    /// side be gone without a word, nothing is lost but that time.
    void countLetter() {
        isProving = letters > 0;
        letters++;
    }

    /// From the greeting to the login. A refusal here is about us, not about a letter: never permanent.
    ///
    /// @param wire the socket itself, or TLS on top of it
    /// @param authentication of the smarthost's login
    /// @return what went wrong, then the connection is closed; empty when it is ready for a letter
    synchronized Optional<Outcome.TempFailed> open(Socket wire, Smarthost smarthost, Optional<Authentication> authentication) {
        try {
            connect(wire);
            var inClear = wire instanceof SSLSocket ? Optional.<FailureCause>empty() : startTls(smarthost);
            if (inClear.isPresent() && !smarthost.isFineInClear()) {
                stage = Stage.TLS;
                return refused(inClear.get());
            }
            return authentication.isPresent() ? logIn(authentication.get()) : Optional.empty();
        } catch (LostConnection e) {
            return refused(e.reason());
        } catch (MessagingException e) {
            return refused(reasonOf(e));
        }
    }

    /// Goes over to TLS if that is wanted, and possible.
    ///
    /// @return why it stays in clear; empty when it doesn't
    private Optional<FailureCause> startTls(Smarthost smarthost) throws LostConnection, MessagingException {
        var isRequired = smarthost.tls() == TlsMode.STARTTLS_REQUIRED;
        if (!isRequired && smarthost.tls() != TlsMode.STARTTLS || !extensions().offers("STARTTLS")) {
            return Optional.of(new FailureCause.Trouble(
                    isRequired ? "STARTTLS not offered" : "STARTTLS not offered, and a login is not sent in clear"));
        }
        stage = Stage.TLS;
        try {
            startTLS();
        } catch (MessagingException e) {
            // RFC 3207 §4: 454 is "not now"; the dialogue goes on as if nothing had been asked. 421 ends it.
            if (reasonOf(e) instanceof FailureCause.Answer(var reply) && reply.code() != 421) {
                stage = Stage.EHLO;
                return Optional.of(new FailureCause.Answer(reply));
            }
            throw e;
        }
        if (!ehlo(smarthost.localHost())) {
            throw new LostConnection(LostConnection.Manner.CUT, new FailureCause.Answer(lastReply()));
        }
        return Optional.empty();
    }

    /// What its last EHLO said.
    synchronized Extensions extensions() {
        return introduction.extensions();
    }

    /// As we read it, not as Angus does.
    @Override
    public boolean supportsExtension(String keyword) {
        return extensions().offers(keyword);
    }

    /// Sends commands in one piece, without waiting for the replies between them (RFC 2920 §3.1).
    synchronized void send(List<String> commands) throws LostConnection {
        var flight = flight(commands);
        try {
            // On the stream that Angus writes to, too: it keeps nothing back between commands.
            var wire = socket.wire();
            wire.write(flight.getBytes(StandardCharsets.UTF_8));
            wire.flush();
        } catch (IOException e) {
            throw LostConnection.from(e);
        }
    }

    /// @throws IllegalArgumentException when a command has a line break: it would be two
    static String flight(List<String> commands) {
        var flight = new StringBuilder();
        for (var command : commands) {
            if (command.indexOf('\r') >= 0 || command.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a line break in a command");
            }
            flight.append(command).append("\r\n");
        }
        return flight.toString();
    }

    synchronized Reply reply() throws LostConnection {
        try {
            readServerResponse();
        } catch (MessagingException e) {
            throw LostConnection.from(e);
        }
        return lastReply();
    }

    synchronized Reply replyWithin(Duration timeout) throws LostConnection {
        patience = timeout;
        try {
            return reply();
        } finally {
            patience = timeouts.command();
        }
    }

    /// Whether the peer has said something that nothing asked for, or has closed the connection. Then what it says next is no
    /// answer to us.
    synchronized boolean isOutOfStep() {
        try {
            return replies.hasMore();
        } catch (IOException gone) {
            return true;
        }
    }

    synchronized Reply ask(String command) throws LostConnection {
        send(List.of(command));
        return reply();
    }

    /// Says QUIT, waits a moment for the reply, and closes (RFC 5321 §4.1.1.10).
    synchronized void quit() {
        patience = timeouts.quit();
        try {
            close();
        } catch (MessagingException alreadyGone) {
            // QUIT is a courtesy.
        } finally {
            socket.cut();
        }
    }

    /// Closes without a word: within DATA, QUIT would be part of the letter.
    synchronized void drop() {
        socket.cut();
        quit();
    }

    /// Read by us: Angus sees no keyword but one that stands behind a single blank, and takes a reply for a yes by its
    /// first line.
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        var greeting = stage == Stage.GREETING ? Optional.of(response) : introduction.greeting();
        stage = Stage.EHLO;
        introduction = new Greeting(greeting, Optional.empty(), Extensions.NONE);
        sendCommand("EHLO " + domain);
        var code = readServerResponse();
        var isTaken = code >= 200 && code < 300;
        introduction = new Greeting(
                greeting, Optional.of(response), isTaken ? Extensions.parse(response) : Extensions.NONE);
        // HELO would then leave us with a host that seems to offer nothing, and letters given back that need 8BITMIME. That
        // host is busy, or gone; only a 5yz says that it doesn't know EHLO.
        if (!isTaken && code < 500) {
            throw new MessagingException("EHLO not taken");
        }
        return isTaken;
    }

    /// As UTF-8 (RFC 6531 §3.3): Angus would send the low octet of each character.
    @Override
    protected void sendCommand(String command) throws MessagingException {
        super.sendCommand(new String(command.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /// Instead of Angus, which answers a garbled reply with QUIT, and doesn't tell what came behind a reply.
    ///
    /// @return the code of its last line; -1 when it has none
    @Override
    protected int readServerResponse() throws MessagingException {
        var timeout = isProving && timeouts.connect().compareTo(patience) < 0 ? timeouts.connect() : patience;
        if (hasServed()) {
            // No letter goes over a connection whose peer was silent.
            socket.allowOrCut(timeout);
        } else {
            socket.allow(timeout);
        }
        response = "";
        try {
            response = replies.read();
        } catch (IOException e) {
            throw new MessagingException("no reply", e);
        } finally {
            isProving = false;
        }
        // What comes before the handshake may be an attacker's (RFC 3207 §6).
        if (stage == Stage.TLS && isOutOfStep()) {
            // With a cause: it isn't the reply that says why.
            throw new MessagingException("out of step", new ProtocolException("more than one reply to STARTTLS"));
        }
        return ReplyReader.code(response);
    }

    private Optional<Outcome.TempFailed> logIn(Authentication authentication) throws LostConnection {
        stage = Stage.AUTH;
        return switch (authentication.presentTo(this)) {
            case Authentication.Presented.Answered(var reply) ->
                reply.isPositive() ? Optional.empty() : refused(new FailureCause.Answer(reply));
            case Authentication.Presented.Unable(var why) -> refused(new FailureCause.Trouble(why));
        };
    }

    private Reply lastReply() throws LostConnection {
        var reply = Reply.parse(response);
        if (reply.isEmpty()) {
            // QUIT would not be understood.
            socket.cut();
            throw LostConnection.garbled(response);
        }
        return reply.get();
    }

    private FailureCause reasonOf(MessagingException e) {
        if (e.getCause() != null) {
            return LostConnection.from(e).reason();
        }
        try {
            var reply = lastReply();
            return reply.code() >= 400 ? new FailureCause.Answer(reply) : LostConnection.trouble(e);
        } catch (LostConnection lost) {
            return lost.reason();
        }
    }

    private Optional<Outcome.TempFailed> refused(FailureCause cause) {
        var failure = new Outcome.TempFailed(stage, cause);
        quit();
        return Optional.of(failure);
    }
}
