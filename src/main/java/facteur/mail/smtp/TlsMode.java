package facteur.mail.smtp;

/// How a connection gets its TLS: never, by STARTTLS when the other side can (RFC 3207), by STARTTLS or not at all,
/// from the first octet (RFC 8314 §3).
public enum TlsMode {
    NONE,
    STARTTLS,
    STARTTLS_REQUIRED,
    IMPLICIT
}
