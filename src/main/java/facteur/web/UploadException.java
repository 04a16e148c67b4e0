package facteur.web;

import java.io.IOException;

/// The disk doesn't take a body.
final class UploadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UploadException(IOException cause) {
        super(cause);
    }
}
