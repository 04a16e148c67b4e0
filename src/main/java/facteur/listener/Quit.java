package facteur.listener;

import facteur.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// QUIT (RFC 5321 §4.1.1.10).
final class Quit extends Verb {
    Quit(Conversations conversations) {
        super("QUIT", conversations);
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        return Replies.BYE;
    }

    @Override
    void answered(Session session) {
        session.quit();
    }
}
