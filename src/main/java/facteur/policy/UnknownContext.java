package facteur.policy;

/// What to do with a letter whose context its office doesn't configure: treat it at the general level, or refuse it.
public enum UnknownContext {
    GENERAL,
    REFUSE
}
