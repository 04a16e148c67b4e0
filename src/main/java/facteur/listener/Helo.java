package facteur.listener;

import facteur.mail.smtp.Reply;
import java.util.regex.Pattern;
import org.subethamail.smtp.server.Session;

/// HELO (RFC 5321 §4.1.1.1). Any name is accepted: it comes from the machine and not from the app, and nothing depends on it
/// (RFC 5321 §4.1.4).
final class Helo extends Verb {
    /// Characters that no domain and no address literal contains.
    private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9._:\\[\\]-]");
    private static final int LIMIT = 255;

    private final String hostname;

    Helo(String hostname, Conversations conversations) {
        super("HELO", conversations);
        this.hostname = hostname;
    }

    /// A name as it may stand in Received: a question mark for each character that may not, `unknown` for none.
    static String name(String arguments) {
        var name = STRANGE.matcher(arguments.substring(0, Math.min(LIMIT, arguments.length()))).replaceAll("?");
        return name.isEmpty() ? "unknown" : name;
    }

    @Override
    boolean takesAnyOctets() {
        return true;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        conversation.greet(Conversation.Greeting.HELO, name(arguments));
        return Reply.plain(250, hostname);
    }
}
