package facteur.rewrite;

/// How much of the app our Received field shows to the recipients: the key `received.client`.
public enum ReceivedClient {
    /// What it called itself, and its address.
    FULL,
    /// The first 24 bits of an IPv4 address, 48 of an IPv6 one.
    NETWORK,
    /// Nothing: we stand in its place ourselves, since the field has to name someone (RFC 5321 §4.4, §7.6).
    NONE
}
