package facteur.admin;

import facteur.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer of the admin port. Immutable, but for the octets of the body.
///
/// @param type of the body
/// @param fields of the header, besides those that every answer has
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Answer(int status, String type, byte[] body, Map<String, String> fields) {
    static Answer json(int status, Map<String, ?> members) {
        return new Answer(
                status, "application/json", (Json.of(members) + "\n").getBytes(StandardCharsets.US_ASCII), Map.of());
    }

    static Answer error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    /// What was asked for is done (RFC 9110 §15.3).
    boolean isDone() {
        return status / 100 == 2;
    }

    Answer with(String field, String value) {
        return new Answer(status, type, body, Map.of(field, value));
    }
}
