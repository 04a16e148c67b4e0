package facteur.api;

import facteur.platform.json.JsonValue;
import facteur.store.ChangeResult;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.util.LinkedHashMap;

/// The answer to a change.
final class Saved {
    private Saved() {}

    /// 200 with the version and the warnings; or why not.
    ///
    /// @param what was to be changed, such as `office`
    static Answer answer(ChangeResult result, String what) {
        return switch (result) {
            case ChangeResult.Changed(var version, var warnings) -> saved(version, ProblemDetails.json(warnings));
            case ChangeResult.Unchanged(var version, var warnings) -> saved(version, ProblemDetails.json(warnings));
            case ChangeResult.Invalid(var problems) -> throw Refusals.invalid(problems);
            case ChangeResult.Stale stale -> throw stale(stale).refused();
            case ChangeResult.Missing() -> throw Refusals.missing(what);
            case ChangeResult.Conflict(var code, var message) -> throw Refusals.conflict(code, message);
        };
    }

    /// The same, with 201.
    static Answer created(Answer saved, String path) {
        return new Answer(201, saved.fields(), saved.body()).with("Location", path);
    }

    /// The same, with 204.
    static Answer removed(ChangeResult result, String what) {
        var _ = answer(result, what); // Or why not.
        return Answer.empty(204);
    }

    private static Answer saved(long version, JsonValue warnings) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("version", new JsonValue.Number(version));
        members.put("warnings", warnings);
        return Answer.json(200, new JsonValue.Members(members)).with("ETag", tag(version));
    }

    private static ProblemDetails stale(ChangeResult.Stale stale) {
        return ProblemDetails.of(412, "stale", "", "it has changed since: it is at version " + stale.version() + ", by " + stale.author())
                .with("version", new JsonValue.Number(stale.version()))
                .with("author", JsonValue.of(stale.author()))
                .with("at", JsonValue.of(stale.at().toString()));
    }

    /// A version as an entity tag.
    static String tag(long version) {
        return "\"" + version + "\"";
    }
}
