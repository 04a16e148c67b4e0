package facteur.listener;

import facteur.mail.smtp.Reply;
import java.io.IOException;
import org.subethamail.smtp.server.Session;

/// STARTTLS (RFC 3207). It must be the last command of a batch: what follows it in clear may have been injected on the way, to
/// be answered as if it came over TLS. It is never answered.
final class StartTls extends Verb {
    private final Handshake handshake;

    StartTls(Handshake handshake, Conversations conversations) {
        super("STARTTLS", conversations);
        this.handshake = handshake;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) throws IOException {
        if (!arguments.isEmpty()) {
            return Replies.NO_ARGUMENTS;
        }
        if (conversation.tls().isPresent()) {
            return Replies.TLS_STARTED;
        }
        if (session.getRawInput().available() > 0 || AppSocket.of(session).hasSpoken()) {
            return Replies.PIPELINED_STARTTLS;
        }
        return handshake.isPossible() ? Replies.START_TLS : Replies.NO_TLS;
    }

    @Override
    void answered(Reply reply, Conversation conversation, Session session) {
        if (reply.equals(Replies.PIPELINED_STARTTLS)
                || reply.equals(Replies.START_TLS) && !handshake.shake(session, conversation)) {
            session.quit();
        }
    }
}
