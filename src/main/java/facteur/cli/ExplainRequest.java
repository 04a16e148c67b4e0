package facteur.cli;

import facteur.mail.message.Header;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import java.util.List;
import java.util.Optional;

/// What `facteur explain` is asked.
///
/// @param office empty = what the header says, or else the first app's default
/// @param header of the letter, or one made of the options
/// @param encoding what the header may hold: UTF8 for a letter with SMTPUTF8 and an upstream that takes it
/// @param recipients whom the letter is for, to tell their routes; empty = not said
public record ExplainRequest(Optional<String> office, Header header, HeaderEncoding encoding, List<Address> recipients) {
    public ExplainRequest {
        recipients = List.copyOf(recipients);
    }
}
