package facteur.upstream;

import facteur.platform.config.Word;

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
    END_OF_DATA;

    /// Whether there was talk of a letter yet.
    public boolean isWithinTransaction() {
        return compareTo(MAIL) >= 0;
    }

    /// For logs: `end-of-data`.
    public String word() {
        return Word.of(this);
    }
}
