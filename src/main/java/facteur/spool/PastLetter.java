package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.smtp.HeaderEncoding;
import java.time.Instant;

/// What the rules looked at when they decided a letter, as the message log has it.
///
/// @param encoding that it was written in. UTF8 means that its app spoke SMTPUTF8; one that did may have needed no more than
///     ASCII
public record PastLetter(
        String id,
        Instant acceptedAt,
        Provenance.Context context,
        Provenance.Relation relation,
        Provenance.Sender sender,
        HeaderEncoding encoding) {}
