package facteur.listener;

import facteur.mail.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// RSET (RFC 5321 §4.1.1.5).
final class Rset extends Verb {
    Rset(Conversations conversations) {
        super("RSET", conversations);
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        if (!arguments.isEmpty()) {
            return Replies.NO_ARGUMENTS;
        }
        conversation.reset();
        return Replies.OK;
    }
}
