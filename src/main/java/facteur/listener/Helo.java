package facteur.listener;

import facteur.smtp.Reply;
import java.util.regex.Pattern;
import org.subethamail.smtp.server.Session;

/// HELO (RFC 5321 §4.1.1.1).
final class Helo extends Verb {
    /// A domain or an address literal, and what programs on unnamed machines make of them.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Za-z0-9.:-]{1,64}]");

    private final String hostname;

    Helo(String hostname, Conversations conversations) {
        super("HELO", conversations);
        this.hostname = hostname;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        if (!isName(arguments)) {
            return Reply.of(501, 5, 4, "Syntax: HELO hostname");
        }
        conversation.greet(Conversation.Greeting.HELO, arguments);
        return Reply.plain(250, hostname);
    }
}
