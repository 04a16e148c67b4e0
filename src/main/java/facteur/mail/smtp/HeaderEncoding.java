package facteur.mail.smtp;

/// Whether the header of a letter, and its envelope, are US-ASCII or hold UTF-8 (RFC 6531 §3.4: the SMTPUTF8 parameter of
/// MAIL); of an app or upstream, whether it takes letters with UTF-8.
public enum HeaderEncoding {
    ASCII,
    UTF8;

    /// Whether a text needs no more than this.
    public boolean holds(String text) {
        return this == UTF8 || isAscii(text);
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /// What may be held where both count: UTF8 needs two.
    public HeaderEncoding and(HeaderEncoding other) {
        return this == UTF8 ? other : ASCII;
    }
}
