package facteur.mail.smtp;

/// How a connection is encrypted, in the words of TLS: `TLSv1.3`, `TLS_AES_256_GCM_SHA384`.
public record TlsSession(String version, String cipherSuite) {
    @Override
    public String toString() {
        return version + " with cipher " + cipherSuite;
    }
}
