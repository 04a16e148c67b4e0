package facteur.listener;

import facteur.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// A verb whose reply is always the same: NOOP, VRFY, HELP, and those that are not offered.
final class Plain extends Verb {
    private final Reply reply;

    Plain(String name, Reply reply, Conversations conversations) {
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
}
