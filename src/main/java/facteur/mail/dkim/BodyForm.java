package facteur.mail.dkim;

import java.util.OptionalLong;

/// What of a body a signature covers.
///
/// @param octets that it covers of the canonical form (RFC 6376 §3.5, `l=`); empty: all
public record BodyForm(Canonicalization canonicalization, OptionalLong octets) {
    /// What our own signatures cover.
    public static final BodyForm OURS = new BodyForm(Canonicalization.RELAXED, OptionalLong.empty());
}
