package facteur.listener;

import facteur.smtp.Address;
import facteur.smtp.Envelope;
import facteur.smtp.HeaderEncoding;
import facteur.smtp.MailArguments;
import java.util.ArrayList;
import java.util.List;

/// A mail transaction (RFC 5321 §3.3): what MAIL and RCPT said so far. For the session's thread.
final class Transaction {
    private final MailArguments mail;
    private final List<Address> recipients = new ArrayList<>();

    Transaction(MailArguments mail) {
        this.mail = mail;
    }

    HeaderEncoding encoding() {
        return mail.encoding();
    }

    int recipientCount() {
        return recipients.size();
    }

    void add(Address recipient) {
        recipients.add(recipient);
    }

    Envelope envelope() {
        return new Envelope(mail.reversePath(), recipients, mail.body(), mail.encoding());
    }
}
