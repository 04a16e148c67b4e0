package facteur.intake;

import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeId;

/// What the upstreams of an office can carry. The rules depend on it: an address that has no ASCII form is written only where
/// every upstream that the letter may reach takes SMTPUTF8.
@FunctionalInterface
public interface OutboundEncoding {
    /// For an answer without a running relay: every upstream takes SMTPUTF8.
    OutboundEncoding ASSUMED_UTF8 = _ -> HeaderEncoding.UTF8;

    /// What the header of an office's letter may hold, whichever route it takes.
    HeaderEncoding of(OfficeId office);
}
