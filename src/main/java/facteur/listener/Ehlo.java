package facteur.listener;

import facteur.login.Authenticator;
import facteur.login.Mechanism;
import facteur.mail.smtp.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.subethamail.smtp.server.Session;

/// EHLO (RFC 5321 §4.1.1.1): announces the extensions that apply to this connection.
final class Ehlo extends Verb {
    private static final String AUTH =
            "AUTH " + Arrays.stream(Mechanism.values()).map(Mechanism::name).collect(Collectors.joining(" "));

    private final List<String> always;
    private final Authenticator authenticator;

    Ehlo(String hostname, long messageBytes, Authenticator authenticator, Conversations conversations) {
        super("EHLO", conversations);
        this.always = List.of(
                hostname,
                "SIZE " + messageBytes,
                "8BITMIME",
                "SMTPUTF8",
                "PIPELINING",
                "CHUNKING",
                "DSN",
                "ENHANCEDSTATUSCODES");
        this.authenticator = authenticator;
    }

    @Override
    boolean takesAnyOctets() {
        return true;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        conversation.greet(Conversation.Greeting.EHLO, Helo.name(arguments));
        return offer(conversation);
    }

    Reply offer(Conversation conversation) {
        var lines = new ArrayList<>(always);
        if (conversation.isTlsOffered()) {
            lines.add("STARTTLS");
        }
        if (Auth.isOffered(authenticator, conversation)) {
            lines.add(AUTH);
        }
        return new Reply(250, Optional.empty(), lines);
    }
}
