package facteur.web;

import java.io.IOException;

/// The peer has hung up, or takes too long: there is no one left to answer.
final class PeerGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeerGoneException(IOException cause) {
        super(cause);
    }
}
