package facteur.message;

/// The Message-ID of RFC 5322 §3.6.4.
public final class MessageId {
    private MessageId() {}

    /// Whether the value names anything: not when there is nothing in it but brackets, blanks of any kind and comments. What
    /// else it looks like is the app's business.
    public static boolean names(String value) {
        return Comments.without(value).chars().anyMatch(c -> c > ' ' && c != '<' && c != '>' && !Character.isSpaceChar(c));
    }
}
