package facteur.settings;

import facteur.office.Lookup;
import facteur.platform.http.JsonText;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The answer of the company's service.
sealed interface SourceAnswer {
    /// A JSON object, or at least what begins like one.
    ///
    /// @param tag empty when the service gave none
    record Text(String text, Optional<HttpTag> tag) implements SourceAnswer {}

    /// Still what it was when we last asked.
    ///
    /// @param tag empty when the service didn't repeat it
    record Unchanged(Optional<HttpTag> tag) implements SourceAnswer {}

    /// There is none.
    ///
    /// @param certainty whether it is the service that says so: any load balancer says 404
    record None(Lookup.Certainty certainty) implements SourceAnswer {}

    /// @param why a sentence; may quote the peer
    record Failed(String why) implements SourceAnswer {}

    /// Judges a response that came whole, or was cut because of its size.
    static SourceAnswer of(HttpResponse<Optional<ByteBuffer>> response) {
        return switch (response.statusCode()) {
            case 200 -> switch (JsonText.of(response)) {
                case JsonText.Read(var text) -> new Text(text, HttpTag.of(response.headers()));
                case JsonText.TooLarge() -> new Failed("the answer is larger than response-size");
                case JsonText.Unreadable(var why) -> new Failed(why);
            };
            case 304 -> new Unchanged(HttpTag.of(response.headers()));
            case 204, 410 -> new None(Lookup.Certainty.CERTAIN);
            case 404 -> new None(JsonText.of(response) instanceof JsonText.Read ? Lookup.Certainty.CERTAIN : Lookup.Certainty.UNCERTAIN);
            default -> new Failed("the service answered with status " + response.statusCode());
        };
    }
}
