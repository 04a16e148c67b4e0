package facteur.listener;

import facteur.mail.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// A verb whose reply is always the same: NOOP, VRFY, HELP, and those that are not offered.
final class FixedReply extends Verb {
    private final Reply reply;

    FixedReply(String name, Reply reply, Conversations conversations) {
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
