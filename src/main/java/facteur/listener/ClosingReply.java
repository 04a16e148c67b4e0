package facteur.listener;

import facteur.mail.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// A verb that is answered and ends the connection: QUIT (RFC 5321 §4.1.1.10), and those of HTTP. A web page may have sent a
/// browser here; nothing in the body of its request may run as SMTP.
final class ClosingReply extends Verb {
    private final Reply reply;

    ClosingReply(String name, Reply reply, Conversations conversations) {
        super(name, conversations);
        this.reply = reply;
    }

    @Override
    boolean takesAnyOctets() {
        return true;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        return reply;
    }

    @Override
    boolean isForClear() {
        return true;
    }

    @Override
    void answered(Reply given, Conversation conversation, Session session) {
        session.quit();
    }
}
