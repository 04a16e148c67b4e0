package facteur.api;

import facteur.platform.config.ProblemCode;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import facteur.web.Request;
import java.util.function.Function;

/// A small JSON object that a request brings, read key by key, with all of its problems at once.
final class JsonBody {
    private static final String ORIGIN = "body";

    private JsonBody() {}

    /// An object of the request; anything else is refused.
    static JsonValue.Members members(Request request) {
        if (request.json(Offices.JSON) instanceof JsonValue.Members members) {
            return members;
        }
        throw Refusals.invalid(ProblemCode.VALUE_TYPE, "", "must be an object");
    }

    /// Reads what is wanted; with a problem, or a key that wasn't asked for, it is refused.
    static <T> T read(JsonValue value, Function<Section, T> reader) {
        var problems = new Problems();
        var section = JsonDocument.read(value, ORIGIN, problems);
        var read = reader.apply(section);
        section.close();
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems.list());
        }
        return read;
    }
}
