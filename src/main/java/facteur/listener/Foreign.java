package facteur.listener;

import facteur.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// A verb of another protocol: HTTP, from a browser that a page has led here. Answered once and cut, so that nothing in
/// the body of its request runs as SMTP.
final class Foreign extends Verb {
    Foreign(String name, Conversations conversations) {
        super(name, conversations);
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        return Replies.NOT_HTTP;
    }

    @Override
    void answered(Session session) {
        session.quit();
    }
}
