package facteur.settings;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What came of asking the company's service.
sealed interface HttpAnswer {
    /// A JSON object, or at least what begins like one.
    ///
    /// @param tag empty when the service gave none
    record Text(String text, Optional<HttpTag> tag) implements HttpAnswer {}

    /// Still what it was when we last asked.
    ///
    /// @param tag empty when the service didn't repeat it
    record Unchanged(Optional<HttpTag> tag) implements HttpAnswer {}

    /// There is none.
    record None() implements HttpAnswer {}

    /// @param why a sentence; may quote the peer
    record Failed(String why) implements HttpAnswer {}

    /// Judges a response that came whole, or was cut because of its size.
    static HttpAnswer of(HttpResponse<Optional<ByteBuffer>> response) {
        return switch (response.statusCode()) {
            case 200 -> ofContent(response.headers(), response.body());
            case 304 -> new Unchanged(HttpTag.of(response.headers()));
            case 404, 410 -> new None();
            default -> new Failed("the service answered with status " + response.statusCode());
        };
    }

    private static HttpAnswer ofContent(HttpHeaders headers, Optional<ByteBuffer> body) {
        var encodings = headers.allValues("Content-Encoding");
        if (!encodings.isEmpty()) {
            return new Failed("the answer is encoded, though we asked for plain JSON: " + encodings.getFirst());
        }
        var types = headers.allValues("Content-Type");
        if (!isJson(types)) {
            return new Failed("the answer is not JSON in UTF-8 but " + (types.isEmpty() ? "of no type" : String.join(", ", types)));
        }
        if (body.isEmpty()) {
            return new Failed("the answer is larger than response-size");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(body.get()).toString();
            // "null" is YAML for an empty mapping: without this it would be a card that names nobody.
            return text.stripLeading().startsWith("{")
                    ? new Text(text, HttpTag.of(headers))
                    : new Failed(text.isBlank() ? "the answer is empty" : "the answer is not a JSON object");
        } catch (CharacterCodingException malformed) {
            return new Failed("the answer is not UTF-8");
        }
    }

    /// `application/json` or `application/…+json`, and no charset but UTF-8 (RFC 8259 §8.1, RFC 6839 §3.1).
    private static boolean isJson(List<String> types) {
        if (types.size() != 1) {
            return false;
        }
        var parts = List.of(types.getFirst().toLowerCase(Locale.ROOT).split(";", -1));
        var type = parts.getFirst().strip();
        return (type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json"))
                && parts.stream()
                        .map(String::strip)
                        .filter(parameter -> parameter.startsWith("charset"))
                        .allMatch(charset -> charset.equals("charset=utf-8") || charset.equals("charset=\"utf-8\""));
    }
}
