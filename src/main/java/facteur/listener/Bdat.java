package facteur.listener;

import facteur.smtp.Reply;
import java.io.IOException;
import org.subethamail.smtp.server.Session;

/// BDAT (RFC 3030 §2), which is not offered. An app that sends it all the same has its chunk swallowed: its octets are
/// not commands.
final class Bdat extends Verb {
    Bdat(Conversations conversations) {
        super("BDAT", conversations);
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) throws IOException {
        var size = arguments.split(" ", 2)[0];
        if (size.matches("\\d{1,18}")) {
            session.getRawInput().skipNBytes(Long.parseLong(size));
        }
        return Replies.NOT_IMPLEMENTED;
    }
}
