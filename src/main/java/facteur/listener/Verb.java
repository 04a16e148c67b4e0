package facteur.listener;

import facteur.app.App;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.smtp.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/// One verb of SMTP: reads its arguments, gives one reply. Stateless; what a connection remembers is in its
/// [Conversation].
abstract class Verb implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Verb.class);

    /// RFC 3207 §4, where QUIT is one too ([ClosingReply]); and BDAT, whose chunk is no command.
    private static final Set<String> FOR_CLEAR = Set.of("EHLO", "NOOP", "STARTTLS", "BDAT");

    private static final String BLANKS = " \t";

    /// What [CommandLines] substitutes for octets that aren't UTF-8. An address with one in it would be another address.
    private static final char NOT_UTF8 = '\uFFFD';

    private final String name;
    private final Conversations conversations;

    Verb(String name, Conversations conversations) {
        this.name = name;
        this.conversations = conversations;
    }

    /// @param arguments all behind the verb, trimmed; empty when there are none
    /// @throws IOException when the connection fails: no reply is possible
    /// @throws DropConnectionException with a reply that is the last one
    abstract Reply carryOut(String arguments, Conversation conversation, Session session)
            throws IOException, DropConnectionException;

    /// What is done once the reply is given.
    void answered(Reply reply, Conversation conversation, Session session) {}

    /// Whether it is allowed in clear where TLS is required.
    boolean isForClear() {
        return FOR_CLEAR.contains(name);
    }

    /// Whether arguments that aren't UTF-8 do no harm.
    boolean takesAnyOctets() {
        return false;
    }

    @Override
    public final void execute(String line, Session session) throws IOException, DropConnectionException {
        var conversation = Conversations.of(session);
        try {
            execute(line, conversation, session);
        } catch (EOFException | SocketException peerIsGone) {
            // Otherwise SubEthaSMTP logs a stack for each stranger that hangs up.
            session.quit();
            throw peerIsGone;
        }
    }

    private void execute(String line, Conversation conversation, Session session) throws IOException, DropConnectionException {
        if (!conversation.begin()) {
            Conversations.close(session, conversation);
            return;
        }
        try {
            // Before the work, not after it: who waits for the reply to a letter may hang up, and send it again.
            conversation.pause(conversations.tarpit().pause(conversation.refusedRecipients()));
            var reply = reply(line, conversation, session);
            AppSocket.of(session).reply(reply);
            answered(reply, conversation, session);
            if (reply.code() == 421) {
                // RFC 5321 §3.8: what it says of itself.
                session.quit();
            } else if (conversations.tarpit().isOver(conversation.refusedRecipients())) {
                session.sendResponse(Replies.TOO_MANY_ERRORS.wire());
                session.quit();
            }
        } finally {
            limit(conversation, AppSocket.of(session));
            if (conversation.end()) {
                Conversations.close(session, conversation);
            }
        }
    }

    /// A letter that has begun must end in time.
    private void limit(Conversation conversation, AppSocket socket) {
        if (conversation.transaction().isEmpty()) {
            socket.unlimit();
        } else if (!socket.isLimited()) {
            socket.limit(conversations.transactionTime());
        }
    }

    /// The root of a command's work. A bug ends the connection: what was left unread may be octets of a letter or a password,
    /// and must not run as commands.
    private Reply reply(String line, Conversation conversation, Session session)
            throws IOException, DropConnectionException {
        // SubEthaSMTP looks at the first four letters only.
        var rest = line.substring(Math.min(name.length(), line.length()));
        if (!(line.startsWith(name) || line.toUpperCase(Locale.ROOT).startsWith(name)) || !(rest.isEmpty() || BLANKS.indexOf(rest.charAt(0)) >= 0)) {
            return Replies.UNKNOWN_VERB;
        }
        if (rest.indexOf(NOT_UTF8) >= 0 && !takesAnyOctets()) {
            return Replies.BAD_LINE;
        }
        if (conversation.isTlsMissing() && !isForClear()) {
            return Replies.TLS_FIRST;
        }
        try {
            return carryOut(rest.strip(), conversation, session);
        } catch (RuntimeException bug) {
            LOG.error("{} failed", name, bug);
            conversation.reset();
            return Replies.INTERNAL_ERROR;
        }
    }

    /// Journals a limit that an app has reached.
    ///
    /// @return the reply, as given
    static Reply limited(Journal journal, String limit, Conversation conversation, Reply reply) {
        journal.record(new MailEvent.Limited(
                limit, conversation.peer().getHostAddress(), conversation.app().map(App::name).orElse("")));
        return reply;
    }

    @Override
    public final HelpMessage getHelp() {
        return new HelpMessage(name, "");
    }

    @Override
    public final String getName() {
        return name;
    }
}
