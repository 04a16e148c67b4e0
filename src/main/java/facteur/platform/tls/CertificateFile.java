package facteur.platform.tls;

import facteur.platform.pem.PemException;
import facteur.platform.pem.PemFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The certificates in a PEM file (RFC 7468 §5), in its order.
final class CertificateFile {
    private CertificateFile() {}

    static List<X509Certificate> read(Path path) throws PemException {
        var file = PemFile.read(path);
        var certificates = new ArrayList<X509Certificate>();
        for (var block : file.blocks()) {
            if (block.isCertificate()) {
                certificates.add(certificate(path, file.octets(block)));
            }
        }
        if (certificates.isEmpty()) {
            throw new PemException(path, "holds no certificate");
        }
        return certificates;
    }

    private static X509Certificate certificate(Path path, byte[] der) throws PemException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new PemException(path, "holds a certificate that can't be read");
        }
    }
}
