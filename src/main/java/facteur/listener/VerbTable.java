package facteur.listener;

import facteur.app.Admission;
import facteur.journal.Journal;
import facteur.login.Authenticator;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.TlsMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The verbs of a listener, whatever it takes. Without logins, AUTH is one that it doesn't have.
///
/// @param admission which apps are known
/// @param authenticator empty: there are no logins
/// @param receivingMemory for letters while they arrive
/// @param bodyFiles for large bodies while they arrive
record VerbTable(
        ListenerSettings settings,
        Supplier<Admission> admission,
        Optional<Authenticator> authenticator,
        Hooks hooks,
        Handshake handshake,
        ReceivingMemory receivingMemory,
        BodyFiles bodyFiles,
        Journal journal) {
    List<Verb> verbs(Conversations conversations) {
        var http = Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE")
                .<Verb>map(name -> new ClosingReply(name, Replies.NOT_HTTP, conversations));
        return Stream.concat(smtp(conversations).stream(), http).toList();
    }

    private List<Verb> smtp(Conversations conversations) {
        var reception = new Reception(settings, receivingMemory, bodyFiles, hooks);
        var messageBytes = settings.message().messageBytes();
        return List.of(
                new Ehlo(settings, this::offersAuth, conversations),
                new Helo(settings.hostname(), conversations),
                new Mail(settings, hooks, receivingMemory, journal, conversations),
                new Rcpt(settings, hooks, journal, conversations),
                new Data(reception, messageBytes, conversations),
                new Bdat(reception, messageBytes, conversations),
                new Rset(conversations),
                new FixedReply("NOOP", Replies.OK, conversations),
                new FixedReply("VRFY", Replies.NOT_VERIFIED, conversations),
                new FixedReply("HELP", Replies.HELP, conversations),
                new ClosingReply("QUIT", Replies.BYE, conversations),
                new FixedReply("EXPN", Replies.NOT_IMPLEMENTED, conversations),
                settings.tls() == TlsMode.NONE
                        ? new FixedReply("STARTTLS", Replies.NOT_IMPLEMENTED, conversations)
                        : new StartTls(handshake, conversations),
                authenticator.<Verb>map(known -> new Auth(admission, known, journal, conversations))
                        .orElseGet(() -> new FixedReply("AUTH", Replies.NOT_IMPLEMENTED, conversations)));
    }

    private boolean offersAuth(Conversation conversation) {
        return authenticator.filter(known -> Auth.isOffered(known, conversation)).isPresent();
    }
}
