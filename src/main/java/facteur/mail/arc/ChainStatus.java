package facteur.mail.arc;

import facteur.platform.config.Word;

/// How a chain stands (RFC 8617 §4.4), as in `cv=` and `arc=`.
public enum ChainStatus {
    /// There is no chain.
    NONE,
    PASS,
    FAIL;

    @Override
    public String toString() {
        return Word.of(this);
    }
}
