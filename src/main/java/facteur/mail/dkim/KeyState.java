package facteur.mail.dkim;

/// How far a key has come.
public enum KeyState {
    /// To be published; nothing is signed with it yet.
    ANNOUNCED,
    /// Seen in DNS, or taken for published by the operator's word: letters are signed with it.
    ACTIVE,
    /// Another has taken its place. Its record stays in DNS until no letter signed with it is still travelling.
    RETIRED
}
