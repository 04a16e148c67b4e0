package facteur.mail.returned;

import facteur.mail.smtp.Address;
import java.util.List;
import java.util.Optional;

/// What came to a return address. Immutable.
public sealed interface ReturnedMail {
    /// A report that can be read (RFC 3464).
    record Report(DeliveryReport report) implements ReturnedMail {}

    /// A recipient's program says what became of the letter after its delivery (RFC 8098).
    ///
    /// @param recipient as the report names them
    /// @param disposition in lower case: `displayed`, `deleted`, `dispatched`, `processed`; empty when it isn't said
    record Read(Optional<String> recipient, String disposition) implements ReturnedMail {
        /// Whether it was shown to a person.
        public boolean isDisplayed() {
            return disposition.equals("displayed");
        }
    }

    /// A recipient complains through a mailbox provider (ARF, RFC 5965).
    ///
    /// @param recipients as the report names them; many providers leave them out
    /// @param type in lower case: `abuse` mostly; empty when it isn't said
    record Complaint(List<String> recipients, String type) implements ReturnedMail {
        public Complaint {
            recipients = List.copyOf(recipients);
        }
    }

    /// A bounce in no form that can be read.
    ///
    /// @param recipients whom its header names as failed; often none
    /// @param text for people: what it says, in lines with line feeds between; empty when there is no text
    /// @param from whom it is from, when nothing but the null reverse-path says that it is a bounce: an automatic answer, if the letter
    ///     went to that address
    record Unreadable(List<String> recipients, String text, Optional<Address> from) implements ReturnedMail {
        public Unreadable {
            recipients = List.copyOf(recipients);
        }

        /// A bounce, whomever it is from.
        public Unreadable(List<String> recipients, String text) {
            this(recipients, text, Optional.empty());
        }
    }

    /// An out-of-office answer, or any other that a program gave (RFC 3834).
    record Automatic() implements ReturnedMail {}

    /// A person's letter, or what can't be told from one.
    record Personal() implements ReturnedMail {}
}
