package facteur.explain;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.spool.LetterHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A letter to be explained. Immutable.
///
/// @param office empty = the one that the header names, or else the first app's default
/// @param header of the letter, or one made of its description
/// @param encoding what the header may contain: UTF8 for a letter with SMTPUTF8 and an upstream that accepts it
/// @param recipients whose routes are explained; may be empty
public record ExplainRequest(Optional<String> office, Header header, HeaderEncoding encoding, List<Address> recipients) {
    public ExplainRequest {
        recipients = List.copyOf(recipients);
    }

    /// A letter by its description, without recipients.
    ///
    /// @param context as in X-Context
    /// @param relation as in X-Relation-Id
    /// @param sender as in From
    public static ExplainRequest of(
            Optional<String> office, Optional<String> context, Optional<String> relation, Optional<String> sender, HeaderEncoding encoding) {
        var fields = new ArrayList<HeaderField>();
        sender.ifPresent(value -> fields.add(field("From", value)));
        context.ifPresent(value -> fields.add(field("X-Context", value)));
        relation.ifPresent(value -> fields.add(field("X-Relation-Id", value)));
        return new ExplainRequest(office, new Header(fields), encoding, List.of());
    }

    /// A letter of the message log, as it would be decided today. The name of its sender is not known any more.
    public static ExplainRequest of(LetterHistory past) {
        var said = past.provenance();
        return of(
                Optional.of(said.office().text()),
                Optional.of(said.context().text()).filter(text -> !text.isEmpty()),
                Optional.of(said.relation().text()).filter(text -> !text.isEmpty()),
                Optional.of(said.sender().text()).filter(text -> !text.isEmpty()),
                past.headerEncoding().equals(HeaderEncoding.UTF8.name()) ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
    }

    /// No field of a letter holds a line end or a NUL.
    private static HeaderField field(String name, String value) {
        return HeaderField.of(name, value.replaceAll("\\R|\\x00", " "));
    }

    public ExplainRequest to(List<Address> others) {
        return new ExplainRequest(office, header, encoding, others);
    }
}
