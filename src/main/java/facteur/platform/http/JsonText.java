package facteur.platform.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The body of an answer that should be a JSON object, of any status.
public sealed interface JsonText {
    /// A JSON object, or at least what begins like one; or an empty array, as PHP writes an object without members.
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
        if (!JsonType.isOf(types)) {
            return new Unreadable("the answer is not JSON in UTF-8 but " + (types.isEmpty() ? "of no type" : String.join(", ", types)));
        }
        if (response.body().isEmpty()) {
            return new TooLarge();
        }
        try {
            var text = withoutMark(StandardCharsets.UTF_8.newDecoder().decode(response.body().get()).toString());
            // "null" is YAML for an empty mapping: without this it would be an object without members.
            return text.stripLeading().startsWith("{") || isEmptyArray(text)
                    ? new Read(text)
                    : new Unreadable(text.isBlank() ? "the answer is empty" : "the answer is not a JSON object");
        } catch (CharacterCodingException malformed) {
            return new Unreadable("the answer is not UTF-8");
        }
    }

    /// RFC 8259 §8.1: a byte order mark may be ignored.
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isEmptyArray(String text) {
        var array = text.strip();
        return array.startsWith("[") && array.endsWith("]") && array.substring(1, array.length() - 1).isBlank();
    }
}
