package facteur.platform.pem;

/// One block of a PEM file (RFC 7468 §2).
///
/// @param label what stands behind BEGIN, such as `PRIVATE KEY`
/// @param lines what stands between BEGIN and END, a line feed between lines
public record PemBlock(String label, String lines) {
    private static final String CERTIFICATE = "CERTIFICATE";

    public boolean isCertificate() {
        return label.equals(CERTIFICATE);
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /// By PKCS#8 (RFC 7468 §11), or by a field in front of the base64 as older programs write it (RFC 1421 §4.6.1.1).
    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED ") || lines.contains("ENCRYPTED");
    }

    /// It may hold a key.
    @Override
    public String toString() {
        return label;
    }
}
