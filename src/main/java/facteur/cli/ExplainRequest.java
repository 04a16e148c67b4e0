package facteur.cli;

import facteur.mail.message.Header;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import java.util.List;
import java.util.Optional;

/// The question of `facteur explain`. Immutable.
///
/// @param office empty = the one that the header names, or else the first app's default
/// @param header of the letter, or one made of the options
/// @param encoding what the header may contain: UTF8 for a letter with SMTPUTF8 and an upstream that accepts it
/// @param recipients whose routes are explained; may be empty
public record ExplainRequest(Optional<String> office, Header header, HeaderEncoding encoding, List<Address> recipients) {
    public ExplainRequest {
        recipients = List.copyOf(recipients);
    }
}
