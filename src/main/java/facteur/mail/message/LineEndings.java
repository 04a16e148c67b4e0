package facteur.mail.message;

/// What to do with a line feed that no carriage return precedes: make it CRLF, or refuse the letter. A bare carriage
/// return is refused in any case (RFC 5321 §2.3.8).
public enum LineEndings {
    REPAIR,
    REJECT
}
