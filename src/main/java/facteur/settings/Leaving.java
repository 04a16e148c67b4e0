package facteur.settings;

/// Where an office's letters go.
public enum Leaving {
    RELAYED,
    /// They are captured, with everything as if they left: `sandbox: true`.
    SANDBOXED
}
