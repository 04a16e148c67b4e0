package facteur.platform.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The result of a request to a web service.
public sealed interface HttpAnswer {
    /// An answer of any status.
    ///
    /// @param response its body is empty when it is larger than the limit
    record Came(HttpResponse<Optional<ByteBuffer>> response) implements HttpAnswer {}

    /// None, or none that is whole.
    ///
    /// @param why a sentence; may quote the peer
    record Failed(String why) implements HttpAnswer {}
}
