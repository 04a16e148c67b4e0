package facteur.office;

/// Where an office's letters go.
public enum DeliveryMode {
    RELAYED,
    /// They are captured, with everything as if they left: `sandbox: true`.
    SANDBOXED
}
