package facteur.listener;

import facteur.smtp.TlsMode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/// All open connections of a listener. Thread-safe.
final class Conversations implements SessionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    private final Map<Session, Conversation> conversations = new HashMap<>();
    private final Supplier<Admission> admission;
    private final Handshake handshake;

    /// @param admission asked for each new connection, which keeps the app that it was admitted as
    Conversations(Supplier<Admission> admission, Handshake handshake) {
        this.admission = admission;
        this.handshake = handshake;
    }

    /// On the session's thread, before the greeting.
    @Override
    public SessionAcceptance accept(Session session) {
        var peer = session.getRemoteAddress().getAddress();
        var conversation = new Conversation(peer, admission.get().app(peer), handshake.mode());
        if (handshake.mode() == TlsMode.IMPLICIT && !handshake.shake(session, conversation)) {
            // Nobody hears it: the connection is cut.
            return SessionAcceptance.failure(Replies.NO_TLS.code(), Replies.NO_TLS.text());
        }
        add(session, conversation);
        return SessionAcceptance.success();
    }

    private synchronized void add(Session session, Conversation conversation) {
        conversations.put(session, conversation);
    }

    @Override
    public synchronized void onSessionEnd(Session session) {
        conversations.remove(session);
        notifyAll();
    }

    synchronized Conversation of(Session session) {
        var conversation = conversations.get(session);
        if (conversation == null) {
            throw new IllegalStateException("a command outside any session");
        }
        return conversation;
    }

    /// Closes idle connections with 421 and waits for the others to finish the letter they are at (RFC 5321 §3.8).
    ///
    /// @return how many are still open after the timeout
    int end(Duration timeout) {
        for (var entry : snapshot().entrySet()) {
            if (entry.getValue().endSoon()) {
                // On a thread of its own: an app that doesn't read its replies would hold the stop up.
                Thread.ofVirtual().start(() -> close(entry.getKey()));
            }
        }
        var left = awaitEnd(System.nanoTime() + timeout.toNanos());
        snapshot().keySet().forEach(Conversations::cut);
        return left;
    }

    private static void cut(Session session) {
        if (session.getSocket() instanceof AppSocket socket) {
            socket.cut();
        }
    }

    static void close(Session session) {
        try {
            session.sendResponse(Replies.SHUTTING_DOWN.wire());
        } catch (IOException peerIsGone) {
            LOG.debug("no goodbye", peerIsGone);
        }
        session.quit();
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
