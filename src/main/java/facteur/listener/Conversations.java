package facteur.listener;

import facteur.app.Admission;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/// All open connections of a listener. Thread-safe.
final class Conversations implements SessionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    /// How long a stop waits for sessions whose connection it has closed. Each still needs the time that its letter needs.
    private static final Duration CUT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(1);

    /// The oldest first.
    private final Map<Session, Conversation> conversations = new LinkedHashMap<>();
    private final ListenerSettings settings;
    private final ConnectionCount connections;
    private final Supplier<Admission> admission;
    private final Hooks hooks;
    private final Handshake handshake;
    private final Journal journal;

    /// @param admission read for each new connection, which keeps the app that it was admitted as
    Conversations(
            ListenerSettings settings, Supplier<Admission> admission, Hooks hooks, Handshake handshake, Journal journal) {
        this.settings = settings;
        this.connections = new ConnectionCount(settings.connections(), settings.session().connectionsPerClient(), settings.takes()::client);
        this.admission = admission;
        this.hooks = hooks;
        this.handshake = handshake;
        this.journal = journal;
    }

    Tarpit tarpit() {
        return settings.session().tarpit();
    }

    Duration transactionTime() {
        return settings.session().transactionTime();
    }

    /// On the session's thread, before the greeting.
    @Override
    public SessionAcceptance accept(Session session) {
        var socket = AppSocket.of(session);
        InetAddress peer;
        try {
            peer = peer(socket);
        } catch (IOException e) {
            journal.record(new MailEvent.ProxyFailed(socket.getInetAddress().getHostAddress(), String.valueOf(e.getMessage())));
            return refusal(Replies.NOT_A_PROXY);
        }
        var tooMany = connections.enter(peer);
        var isFull = tooMany.equals(Optional.of(ConnectionCount.Limit.CONNECTIONS));
        if (tooMany.isPresent() && !isFull) {
            return tooMany(tooMany.get(), peer);
        }
        var turnedAway = hooks.connected(peer);
        // Only for a peer that is let in another has to go.
        if (isFull && turnedAway.isEmpty() && !(makeRoom() && connections.enter(peer).isEmpty())) {
            return tooMany(ConnectionCount.Limit.CONNECTIONS, peer);
        }
        var refusal = turnedAway
                .or(() -> greet(session, socket, new Conversation(peer, socket.getInetAddress(), admission.get().app(peer), settings.tls())));
        if (refusal.isPresent() && !(isFull && turnedAway.isPresent())) {
            connections.leave(peer);
        }
        return refusal.map(Conversations::refusal).orElseGet(SessionAcceptance::success);
    }

    private SessionAcceptance tooMany(ConnectionCount.Limit limit, InetAddress peer) {
        journal.record(MailEvent.Limited.of(limit, peer.getHostAddress(), ""));
        return refusal(Replies.TOO_MANY_CONNECTIONS);
    }

    /// Closes the oldest connection that may be. It counts no more from now on, and is gone within a second.
    ///
    /// @return false when there is none
    private boolean makeRoom() {
        var expelled = expendable();
        expelled.ifPresent(entry -> {
            var session = entry.getKey();
            var conversation = entry.getValue();
            connections.leave(conversation.peer());
            journal.record(MailEvent.Limited.of(ConnectionCount.Limit.CONNECTIONS, conversation.peer().getHostAddress(), ""));
            if (conversation.endSoon()) {
                Thread.ofVirtual().name("goodbye").start(() -> close(session, conversation, Replies.TOO_MANY_CONNECTIONS));
                // It may read nothing.
                var _ = new CompletableFuture<Boolean>()
                        .completeOnTimeout(true, GOODBYE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .thenRun(() -> cut(session));
            } else {
                cut(session);
            }
        });
        return expelled.isPresent();
    }

    private synchronized Optional<Map.Entry<Session, Conversation>> expendable() {
        return conversations.entrySet().stream()
                .filter(entry -> hooks.isExpendable(entry.getValue()) && entry.getValue().uncount())
                .findFirst()
                .map(Map.Entry::copyOf);
    }

    /// @return why there is no greeting
    private Optional<Reply> greet(Session session, AppSocket socket, Conversation conversation) {
        var peer = conversation.peer().getHostAddress();
        if (settings.tls() == TlsMode.IMPLICIT) {
            if (!handshake.shake(session, conversation)) {
                // No reply can be sent: the connection is closed.
                return Optional.of(Replies.NO_TLS);
            }
        } else if (socket.hasSpoken()) {
            // RFC 5321 §3.1. What comes before the greeting was not meant for an SMTP server.
            journal.record(new MailEvent.Limited("early-talker", peer, ""));
            return Optional.of(Replies.TOO_EARLY);
        } else {
            renewBuffers(session);
        }
        socket.onReplyLost(id -> journal.record(new MailEvent.ReplyLost(id.text(), peer)));
        hooks.begun(conversation);
        socket.conversation(conversation);
        add(session, conversation);
        return Optional.empty();
    }

    /// The session was made on the thread that accepts. On its own, a virtual one, Java gives it a writer's buffer of 1 KB
    /// instead of 16: that is most of what an idle connection costs. A handshake does the same.
    private static void renewBuffers(Session session) {
        try {
            session.setSocket(session.getSocket());
        } catch (IOException gone) {
            LOG.debug("closed before the greeting", gone);
        }
    }

    /// The peer: as a trusted proxy says, else the other end of the connection.
    private InetAddress peer(AppSocket socket) throws IOException {
        var address = socket.getInetAddress();
        if (settings.proxyFrom().stream().noneMatch(network -> network.contains(address))) {
            return address;
        }
        var named = socket.readProxyHeader(settings.handshakeTimeout());
        socket.setSoTimeout((int) settings.commandTimeout().toMillis());
        return named.orElse(address);
    }

    private static SessionAcceptance refusal(Reply reply) {
        return SessionAcceptance.failure(reply.code(), Replies.withoutCode(reply));
    }

    private synchronized void add(Session session, Conversation conversation) {
        conversations.put(session, conversation);
    }

    /// Called by the session's own thread, however the session ended.
    @Override
    public void onSessionEnd(Session session) {
        var conversation = of(session);
        try {
            conversation.reset();
        } finally {
            if (conversation.uncount()) {
                connections.leave(conversation.peer());
            }
            forget(session);
        }
    }

    private synchronized void forget(Session session) {
        conversations.remove(session);
        notifyAll();
    }

    /// Closes connections whose peer has stopped reading, as Java has no write timeout, and ends the wait for one that has
    /// stopped writing. To be called every second.
    void sweep() {
        for (var session : snapshot().keySet()) {
            AppSocket.of(session).expire(System.nanoTime());
            if (AppSocket.of(session).silence().compareTo(settings.session().replyTimeout()) > 0) {
                cut(session);
            }
        }
    }

    /// On the session's thread.
    static Conversation of(Session session) {
        return AppSocket.of(session).conversation().orElseThrow(() -> new IllegalStateException("a command outside any session"));
    }

    /// Closes idle connections with 421 and waits for the others to finish their letter (RFC 5321 §3.8).
    ///
    /// @return how many are still open after the timeout
    int end(Duration timeout) {
        for (var entry : snapshot().entrySet()) {
            if (entry.getValue().endSoon()) {
                // On a thread of its own: an app that doesn't read its replies would hold the stop up.
                Thread.ofVirtual().name("goodbye").start(() -> close(entry.getKey(), entry.getValue()));
            } else if (AppSocket.of(entry.getKey()).isShakingHands()) {
                // Nothing can be sent there, and there is nothing to lose.
                cut(entry.getKey());
            }
        }
        var left = awaitEnd(System.nanoTime() + timeout.toNanos());
        snapshot().keySet().forEach(Conversations::cut);
        // Letters that are being stored still are, and a reply that gets lost is journalled. SubEthaSMTP's stop would close the
        // stream of replies first.
        awaitEnd(System.nanoTime() + CUT_TIMEOUT.toNanos());
        return left;
    }

    private static void cut(Session session) {
        AppSocket.of(session).cut();
    }

    /// Says goodbye, once, for any number of callers; returns when it is said.
    static void close(Session session, Conversation conversation) {
        close(session, conversation, Replies.SHUTTING_DOWN);
    }

    private static void close(Session session, Conversation conversation, Reply reply) {
        conversation.leave(() -> {
            try {
                session.sendResponse(reply.wire());
            } catch (IOException peerIsGone) {
                LOG.debug("no goodbye", peerIsGone);
            }
            session.quit();
        });
    }

    synchronized int count() {
        return conversations.size();
    }

    private synchronized Map<Session, Conversation> snapshot() {
        return Map.copyOf(conversations);
    }

    private synchronized int awaitEnd(long deadlineNanos) {
        try {
            while (!conversations.isEmpty()) {
                var leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    break;
                }
                wait(leftMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return conversations.size();
    }
}
