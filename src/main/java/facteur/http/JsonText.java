package facteur.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The body of an answer that should be a JSON object, whatever its status.
public sealed interface JsonText {
    /// A JSON object, or at least what begins like one.
    record Read(String text) implements JsonText {}

    /// More octets than are read.
    record TooLarge() implements JsonText {}

    /// @param why a sentence; may quote the peer
    record Unreadable(String why) implements JsonText {}

    static JsonText of(HttpResponse<Optional<ByteBuffer>> response) {
        var encodings = response.headers().allValues("Content-Encoding");
        if (!encodings.isEmpty()) {
            return new Unreadable("the answer is encoded, though we asked for plain JSON: " + encodings.getFirst());
        }
        var types = response.headers().allValues("Content-Type");
        if (!isJson(types)) {
            return new Unreadable("the answer is not JSON in UTF-8 but " + (types.isEmpty() ? "of no type" : String.join(", ", types)));
        }
        if (response.body().isEmpty()) {
            return new TooLarge();
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(response.body().get()).toString();
            // "null" is YAML for an empty mapping: without this it would be an object without members.
            return text.stripLeading().startsWith("{")
                    ? new Read(text)
                    : new Unreadable(text.isBlank() ? "the answer is empty" : "the answer is not a JSON object");
        } catch (CharacterCodingException malformed) {
            return new Unreadable("the answer is not UTF-8");
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
