package facteur.access;

import facteur.platform.config.Word;

/// Why a signed launch is refused, for the log. The browser is told no more than that the link can't be used.
public enum LaunchRefusal {
    /// No token, or one that names keys of its own.
    UNREADABLE,
    /// Its issuer is no suite that may sign.
    SUITE,
    /// Another algorithm than the suite's.
    ALGORITHM,
    /// None of the suite's keys has the name.
    KEY,
    SIGNATURE,
    /// It is for another server.
    AUDIENCE,
    /// It is too old, or not good yet.
    TIME,
    /// It would be good for too long.
    LIFETIME,
    /// A claim is missing, or can't be what it says.
    CLAIM,
    /// An office that the suite may not open.
    OFFICE,
    /// It was used before.
    USED;

    public String word() {
        return Word.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}
