package facteur.listener;

import facteur.intake.App;
import facteur.message.MessageCollector;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.MailArguments;
import facteur.smtp.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A mail transaction (RFC 5321 §3.3): what MAIL and RCPT said so far, and what BDAT brought. For the session's thread.
final class Transaction implements AutoCloseable {
    private final App app;
    private final MailArguments mail;
    private final List<ForwardPath> recipients = new ArrayList<>();
    private Optional<MessageCollector> chunks = Optional.empty();

    Transaction(App app, MailArguments mail) {
        this.app = app;
        this.mail = mail;
    }

    App app() {
        return app;
    }

    ReversePath reversePath() {
        return mail.reversePath();
    }

    HeaderEncoding encoding() {
        return mail.encoding();
    }

    int recipientCount() {
        return recipients.size();
    }

    void add(ForwardPath recipient) {
        recipients.add(recipient);
    }

    Envelope envelope() {
        return new Envelope(mail.reversePath(), recipients, mail.body(), mail.encoding(), mail.dsn());
    }

    /// Whether a chunk of the letter has come.
    boolean hasChunks() {
        return chunks.isPresent();
    }

    /// What gathers the chunks; made for the first.
    MessageCollector chunks(Supplier<MessageCollector> first) {
        var collector = chunks.orElseGet(first);
        chunks = Optional.of(collector);
        return collector;
    }

    /// Drops the chunks, and gives their memory back.
    @Override
    public void close() {
        chunks.ifPresent(MessageCollector::close);
    }
}
