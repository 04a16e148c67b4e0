package facteur.office;

/// Whether an office's letters really leave.
public enum Sandbox {
    OFF,
    /// They are captured instead, with everything as if they left: `sandbox: true`.
    ON
}
