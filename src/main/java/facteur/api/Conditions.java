package facteur.api;

import facteur.store.Precondition;
import facteur.web.EntityTags;
import facteur.web.ProblemDetails;
import facteur.web.Request;
import java.sql.SQLException;
import java.util.OptionalLong;

/// On which condition a change is to be made (RFC 9110 §13).
final class Conditions {
    /// Tells the version that there is now; empty where there is none.
    interface Current {
        OptionalLong version() throws SQLException;
    }

    /// No version has this number: what is asked for is gone.
    private static final long NEVER = -1;

    private Conditions() {}

    /// Of a change that may come without.
    static Precondition of(Request request, Current current) throws SQLException {
        var match = request.ifMatch();
        return switch (request.ifNoneMatch()) {
            case EntityTags.None() -> matching(match, current);
            case EntityTags.Any() when match instanceof EntityTags.None -> new Precondition.Absent();
            case EntityTags.Any(), EntityTags.Listed _ ->
                throw ProblemDetails.of(400, "header.invalid", "If-None-Match", "here it must be *, and without If-Match").refused();
        };
    }

    /// Of a change that must not overwrite what the program hasn't seen (RFC 6585 §3).
    static Precondition required(Request request, Current current) throws SQLException {
        var precondition = of(request, current);
        if (precondition instanceof Precondition.None) {
            throw ProblemDetails
                    .of(428, "precondition.missing", "If-Match", "say If-Match: with the ETag that GET gave, or If-None-Match: * to create")
                    .refused();
        }
        return precondition;
    }

    /// One tag is compared in the transaction that writes. Of several, or of an asterisk, the version of now is chosen here, and compared
    /// again there.
    private static Precondition matching(EntityTags match, Current current) throws SQLException {
        return switch (match) {
            case EntityTags.None() -> new Precondition.None();
            case EntityTags.Listed(var tags) when tags.size() == 1 ->
                new Precondition.AtVersion(tags.getFirst().strength() == EntityTags.Strength.STRONG ? number(tags.getFirst().text()) : NEVER);
            case EntityTags.Any(), EntityTags.Listed _ -> {
                var now = current.version();
                yield new Precondition.AtVersion(
                        now.isPresent() && match.isMatch(Long.toString(now.getAsLong())) ? now.getAsLong() : NEVER);
            }
        };
    }

    private static long number(String tag) {
        return tag.matches("[1-9]\\d{0,17}") ? Long.parseLong(tag) : NEVER;
    }
}
