package facteur.access;

/// Why a password isn't good enough.
public enum PasswordFlaw {
    /// Fewer than 12 characters.
    TOO_SHORT,
    /// More than 256 characters.
    TOO_LONG,
    /// The login, or the person's name.
    THE_LOGIN,
    /// Among those that are tried first.
    COMMON,
    /// A NUL, or half a character.
    UNREADABLE
}
