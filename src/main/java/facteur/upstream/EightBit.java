package facteur.upstream;

/// What becomes of a letter with 8-bit octets when the upstream doesn't offer the extension that they need: 8BITMIME
/// (RFC 6152) for its body, SMTPUTF8 (RFC 6531) for its header when the app spoke it.
public enum EightBit {
    /// Its body is made 7-bit and signed again, as a relay should (RFC 6152 §3); what can't be without damage is given
    /// back, and so is a header: as with [#BOUNCE].
    CONVERT,
    /// It is given back: 5.6.3, or 5.6.7 for the header.
    BOUNCE,
    /// It goes as it is, without the parameter. Many upstreams that don't offer 8BITMIME take 8 bits all the same; a true
    /// 7-bit one damages the letter. An address beyond US-ASCII has no other form, so it is 5.6.7 even then.
    SEND
}
