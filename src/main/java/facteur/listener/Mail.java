package facteur.listener;

import facteur.journal.Journal;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import org.subethamail.smtp.server.Session;

/// MAIL (RFC 5321 §4.1.1.2): starts a transaction.
final class Mail extends Verb {
    private final long messageBytes;
    private final int lettersLimit;
    private final Takes takes;
    private final Hooks hooks;
    private final ReceivingMemory memory;
    private final Journal journal;

    Mail(ListenerSettings settings, Hooks hooks, ReceivingMemory memory, Journal journal, Conversations conversations) {
        super("MAIL", conversations);
        this.messageBytes = settings.message().messageBytes();
        this.lettersLimit = settings.session().lettersPerConnection();
        this.takes = settings.takes();
        this.hooks = hooks;
        this.memory = memory;
        this.journal = journal;
    }

    @Override
    Reply carryOut(String arguments, Conversation conversation, Session session) {
        if (!conversation.isGreeted()) {
            return Replies.HELO_FIRST;
        }
        if (conversation.transaction().isPresent()) {
            return Replies.MAIL_GIVEN;
        }
        var refusal = hooks.sender(conversation);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (takes.mail(arguments)) {
            case Parsed.Bad<MailArguments>(var reply) -> reply;
            case Parsed.Good<MailArguments>(var mail) -> begin(mail, conversation);
        };
    }

    private Reply begin(MailArguments mail, Conversation conversation) {
        if (!takes.offersDsn() && !mail.dsn().equals(DsnRequest.NONE)) {
            return Replies.NO_DSN;
        }
        if (mail.sizeBytes().orElse(0) > messageBytes) {
            return MessageCollector.tooBig(messageBytes);
        }
        if (conversation.letters() == lettersLimit) {
            return limited(journal, "letters-per-connection", conversation, Replies.TOO_MANY_LETTERS);
        }
        var refusal = hooks.letter(conversation);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        conversation.start(new Transaction(mail, memory));
        return Replies.SENDER_OK;
    }
}
