package facteur.listener;

import facteur.smtp.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.subethamail.smtp.server.Session;

/// EHLO (RFC 5321 §4.1.1.1): says what we can do, and nothing that we can't.
final class Ehlo extends Verb {
    private final Reply withStartTls;
    private final Reply reply;

    Ehlo(String hostname, long messageBytes, Conversations conversations) {
        super("EHLO", conversations);
        var keywords = List.of(hostname, "SIZE " + messageBytes, "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES");
        this.reply = reply(keywords.stream());
        this.withStartTls = reply(Stream.concat(keywords.stream(), Stream.of("STARTTLS")));
    }

    private static Reply reply(Stream<String> keywords) {
        return Reply.plain(250, keywords.toArray(String[]::new));
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        if (!Helo.isName(arguments)) {
            return Reply.of(501, 5, 4, "Syntax: EHLO hostname");
        }
        conversation.greet(Conversation.Greeting.EHLO, arguments);
        return conversation.isTlsOffered() ? withStartTls : reply;
    }
}
