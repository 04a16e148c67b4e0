package facteur.listener;

import facteur.login.Mechanism;
import facteur.mail.smtp.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.subethamail.smtp.server.Session;

/// EHLO (RFC 5321 §4.1.1.1): announces the extensions that apply to this connection.
final class Ehlo extends Verb {
    private static final String AUTH =
            "AUTH " + Arrays.stream(Mechanism.values()).map(Mechanism::name).collect(Collectors.joining(" "));

    private final List<String> always;
    private final boolean offersDsn;
    private final Predicate<Conversation> offersAuth;

    /// @param offersAuth whether a login is possible now
    Ehlo(ListenerSettings settings, Predicate<Conversation> offersAuth, Conversations conversations) {
        super("EHLO", conversations);
        this.always = List.of(
                settings.hostname(),
                "SIZE " + settings.message().messageBytes(),
                "8BITMIME",
                "SMTPUTF8",
                "PIPELINING",
                "CHUNKING",
                "ENHANCEDSTATUSCODES");
        this.offersDsn = settings.takes().offersDsn();
        this.offersAuth = offersAuth;
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
        if (offersDsn) {
            lines.add("DSN");
        }
        if (offersAuth.test(conversation)) {
            lines.add(AUTH);
        }
        return new Reply(250, Optional.empty(), lines);
    }
}
