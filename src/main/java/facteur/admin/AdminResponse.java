package facteur.admin;

import facteur.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer of the admin port. Immutable, but for the octets of the body.
///
/// @param type of the body
/// @param fields of the header, besides those that every answer has
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record AdminResponse(int status, String type, byte[] body, Map<String, String> fields) {
    static AdminResponse json(int status, Map<String, ?> members) {
        return new AdminResponse(
                status, "application/json", (Json.of(members) + "\n").getBytes(StandardCharsets.US_ASCII), Map.of());
    }

    static AdminResponse error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    /// Successful (RFC 9110 §15.3).
    boolean isDone() {
        return status / 100 == 2;
    }

    AdminResponse with(String field, String value) {
        return new AdminResponse(status, type, body, Map.of(field, value));
    }
}
