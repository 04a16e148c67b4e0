package facteur.upstream;

import facteur.message.Message;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.Reply;
import facteur.smtp.TlsMode;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// One SMTP connection, spoken by Angus Mail: its greeting, EHLO, STARTTLS and line reading, and a dialogue of our own above
/// them ([Transaction]), because `sendMessage` has no pipelining, no SIZE or BODY, and takes only 250 for a yes after the
/// dot. The message goes by [DataStream], since Angus looks at each octet twice.
///
/// Four habits of Angus are kept out: it goes on in clear when AUTH or STARTTLS isn't offered, so both are done here; it
/// keeps what EHLO said before TLS when the second EHLO fails; it answers a garbled reply with QUIT, and the garbled
/// reply to that with another; and it sends the low octet of each character (`U+010A` would be a line feed).
///
/// One thread at a time.
final class RelayTransport extends SMTPTransport {
    private final String host;
    private final RelaySocket socket;
    private final Timeouts timeouts;
    private final Instant openedAt;
    private Stage stage = Stage.GREETING;
    private Duration patience;
    private Introduction introduction = Introduction.NONE;
    private int letters;
    private boolean isProving;
    private boolean isReading;
    private boolean isGarbled;
    private @Nullable DataStream dataStream;

    /// @param session holds EHLO name and TLS socket factory
    /// @param socket connected; TLS may be on top of it already
    RelayTransport(Session session, String host, RelaySocket socket, Timeouts timeouts, Instant openedAt) {
        super(session, null);
        this.host = host;
        this.socket = socket;
        this.timeouts = timeouts;
        this.openedAt = openedAt;
        this.patience = timeouts.command();
    }

    Instant openedAt() {
        return openedAt;
    }

    /// Who is at the other end.
    Peer peer() {
        return new Peer(host, (InetSocketAddress) socket.getRemoteSocketAddress(), socket.tls());
    }

    Introduction introduction() {
        return introduction;
    }

    /// How many letters were begun on this connection.
    int letters() {
        return letters;
    }

    /// A letter begins. Over a connection that served before, the first reply has less time than others: should the other
    /// side be gone without a word, nothing is lost but that time.
    void countLetter() {
        isProving = letters > 0;
        letters++;
    }

    /// From the greeting to the login. Whatever the host says against it is about us, not about a letter: never permanent.
    ///
    /// @param wire the socket itself, or TLS on top of it
    /// @param authentication of the smarthost's login
    /// @return what went wrong, then the connection is closed; empty when it is ready for a letter
    synchronized Optional<Outcome.TempFailed> open(Socket wire, Smarthost smarthost, Optional<Authentication> authentication) {
        try {
            connect(wire);
            var isSecret = wire instanceof SSLSocket;
            var wantsStartTls = smarthost.tls() == TlsMode.STARTTLS || smarthost.tls() == TlsMode.STARTTLS_REQUIRED;
            if (wantsStartTls && supportsExtension("STARTTLS")) {
                stage = Stage.TLS;
                startTLS();
                if (!ehlo(smarthost.localHost())) {
                    return refused(new Cause.Answer(lastReply()));
                }
                isSecret = true;
            }
            if (smarthost.tls() == TlsMode.STARTTLS_REQUIRED && !isSecret) {
                return refused(Stage.TLS, "STARTTLS not offered");
            }
            if (authentication.isEmpty()) {
                return Optional.empty();
            }
            if (smarthost.tls() != TlsMode.NONE && !isSecret) {
                return refused(Stage.TLS, "STARTTLS not offered, and a login is not sent in clear");
            }
            return logIn(authentication.get());
        } catch (LostConnection e) {
            return refused(e.reason());
        } catch (MessagingException e) {
            return refused(reasonOf(e));
        }
    }

    /// What its EHLO says that a header may hold.
    synchronized HeaderEncoding encoding() {
        return supportsExtension("SMTPUTF8") ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII;
    }

    synchronized boolean offersLogin(String mechanism) {
        return supportsAuthentication(mechanism);
    }

    /// Sends commands in one piece, without waiting for the replies between them (RFC 2920 §3.1).
    synchronized void send(List<String> commands) throws LostConnection {
        socket.hold();
        try {
            for (var command : commands) {
                sendCommand(command);
            }
            socket.release();
        } catch (MessagingException | IOException e) {
            throw LostConnection.from(e);
        }
    }

    synchronized Reply reply() throws LostConnection {
        try {
            readServerResponse();
        } catch (MessagingException e) {
            throw LostConnection.from(e);
        }
        return lastReply();
    }

    synchronized Reply ask(String command) throws LostConnection {
        send(List.of(command));
        return reply();
    }

    /// Streams the message behind DATA, once that has got its 354. [#end] follows.
    synchronized void write(Message message) throws LostConnection {
        socket.beginMessage(timeouts.message());
        try {
            message.writeTo(dataStream());
        } catch (IOException e) {
            if (socket.hasFailedWriting()) {
                throw LostConnection.from(e);
            }
            var trouble = LostConnection.trouble(e);
            throw new LostConnection(
                    LostConnection.Manner.CUT, new Cause.Trouble("cannot read the letter: " + trouble.what()));
        }
    }

    /// Sends what is left of the message, and the final dot.
    synchronized void end() throws LostConnection {
        patience = timeouts.endOfData();
        try {
            dataStream().finish();
            socket.endMessage();
        } catch (IOException e) {
            throw LostConnection.from(e);
        }
    }

    /// The reply to the final dot.
    synchronized Reply endReply() throws LostConnection {
        var reply = reply();
        patience = timeouts.command();
        return reply;
    }

    /// Whether the last thing written is known not to have left entirely.
    boolean hasFailedWriting() {
        return socket.hasFailedWriting();
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

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        var greeting = stage == Stage.GREETING ? Optional.of(getLastServerResponse()) : introduction.greeting();
        stage = Stage.EHLO;
        introduction = new Introduction(greeting, Optional.empty());
        var isTaken = super.ehlo(domain);
        introduction = new Introduction(greeting, Optional.ofNullable(getLastServerResponse()));
        // HELO would then leave us with a host that seems to offer nothing, and letters given back that need 8BITMIME. That
        // host is busy, or gone; only a 5yz says that it doesn't know EHLO.
        if (!isTaken && getLastReturnCode() < 500) {
            throw new MessagingException("EHLO not taken");
        }
        return isTaken;
    }

    /// As UTF-8, whatever Angus makes of characters (RFC 6531 §3.3).
    @Override
    protected void sendCommand(String command) throws MessagingException {
        super.sendCommand(new String(command.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        socket.allow(isProving && timeouts.connect().compareTo(patience) < 0 ? timeouts.connect() : patience);
        isReading = true;
        int code;
        try {
            code = super.readServerResponse();
        } finally {
            isReading = false;
            isProving = false;
        }
        // What comes before the handshake may be anybody's (RFC 3207 §6). Angus makes each CRLF a line feed.
        var response = getLastServerResponse();
        if (stage == Stage.TLS
                && socket.receivedBytes() > response.length() + response.lines().count()) {
            throw new MessagingException("more than one reply to STARTTLS");
        }
        return code;
    }

    /// Angus closes when it reads what it can't understand; then there is nobody to say QUIT to.
    @Override
    public synchronized void close() throws MessagingException {
        if (isReading) {
            isGarbled = true;
            socket.cut();
        } else {
            super.close();
        }
    }

    private Optional<Outcome.TempFailed> logIn(Authentication authentication) throws LostConnection {
        stage = Stage.AUTH;
        return switch (authentication.presentTo(this)) {
            case Authentication.Presented.Answered(var reply) ->
                reply.isPositive() ? Optional.empty() : refused(new Cause.Answer(reply));
            case Authentication.Presented.Unable(var why) -> refused(Stage.AUTH, why);
        };
    }

    private Reply lastReply() throws LostConnection {
        var response = getLastServerResponse();
        if (getLastReturnCode() < 0 && !isGarbled) {
            throw new LostConnection(LostConnection.Manner.CUT, new Cause.Trouble("connection closed by the upstream"));
        }
        return Reply.parse(response)
                .orElseThrow(() -> new LostConnection(
                        LostConnection.Manner.GARBLED,
                        LostConnection.trouble(new IOException("not an SMTP reply: " + response))));
    }

    private Cause reasonOf(MessagingException e) {
        if (e.getCause() != null) {
            return LostConnection.from(e).reason();
        }
        try {
            var reply = lastReply();
            return reply.code() >= 400 ? new Cause.Answer(reply) : LostConnection.trouble(e);
        } catch (LostConnection lost) {
            return lost.reason();
        }
    }

    private Optional<Outcome.TempFailed> refused(Stage where, String what) {
        stage = where;
        return refused(new Cause.Trouble(what));
    }

    private Optional<Outcome.TempFailed> refused(Cause cause) {
        var failure = new Outcome.TempFailed(stage, cause);
        quit();
        return Optional.of(failure);
    }

    /// On the stream that Angus writes to, too: it keeps nothing back between commands.
    private DataStream dataStream() throws IOException {
        if (dataStream == null) {
            dataStream = new DataStream(socket.wire());
        }
        return dataStream;
    }
}
