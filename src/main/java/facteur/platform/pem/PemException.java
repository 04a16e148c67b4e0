package facteur.platform.pem;

import java.nio.file.Path;

/// A file that can't be used, in words for the operator.
public final class PemException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param what such as `holds no certificate`
    public PemException(Path file, String what) {
        super(file + " " + what);
    }
}
