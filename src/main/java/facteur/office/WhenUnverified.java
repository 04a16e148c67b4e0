package facteur.office;

/// What becomes of a letter whose office wants an address of its own as From, while that address's domain isn't verified:
/// it leaves under the shared address, or it is refused.
public enum WhenUnverified {
    FALLBACK,
    REFUSE
}
