package facteur.web;

import facteur.platform.json.Json;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a request gets. Immutable, but for the octets of a body.
///
/// @param fields of the header, besides those that every answer has
public record Answer(int status, SequencedMap<String, String> fields, Body body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /// What stands below the header.
    public sealed interface Body {
        record None() implements Body {}

        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Octets(byte[] octets) implements Body {}

        /// Written while it is sent: its length isn't known, and it may be larger than memory.
        ///
        /// @param end what is to be given back once it is sent, or can't be
        record Written(Writer writer, Runnable end) implements Body {}
    }

    /// Writes a body. When it fails, the connection is closed in its middle, so that the peer doesn't take it for a whole one.
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    public Answer {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// Without a body.
    public static Answer empty(int status) {
        return new Answer(status, new LinkedHashMap<>(), new Body.None());
    }

    public static Answer json(int status, JsonValue value) {
        return octets(status, JSON, (value + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// @param members values for [Json]
    public static Answer json(int status, Map<String, ?> members) {
        return octets(status, JSON, (Json.of(members) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static Answer octets(int status, String type, byte[] octets) {
        return new Answer(status, new LinkedHashMap<>(), new Body.Octets(octets)).with("Content-Type", type);
    }

    public static Answer written(int status, String type, Writer writer) {
        return new Answer(status, new LinkedHashMap<>(), new Body.Written(writer, () -> {})).with("Content-Type", type);
    }

    static Answer problem(ProblemDetails details) {
        return octets(details.status(), PROBLEM, (details.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// The same, with one more thing to be done once it is sent, or can't be; at once when its body is there.
    public Answer endingWith(Runnable more) {
        return switch (body) {
            case Body.None _, Body.Octets _ -> {
                more.run();
                yield this;
            }
            case Body.Written(var writer, var end) -> new Answer(status, fields, new Body.Written(writer, () -> {
                try {
                    end.run();
                } finally {
                    more.run();
                }
            }));
        };
    }

    /// To be called once it is sent, or can't be.
    public void end() {
        switch (body) {
            case Body.None _, Body.Octets _ -> {}
            case Body.Written(_, var end) -> end.run();
        }
    }

    /// The same with a field of the header.
    public Answer with(String field, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Answer(status, more, body);
    }
}
