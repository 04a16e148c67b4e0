package facteur.upstream;

/// How far an attempt came (RFC 5321 §3): what a failure is about, and whom it concerns, depends on it.
public enum Stage {
    CONNECT,
    GREETING,
    EHLO,
    TLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    END_OF_DATA
}
