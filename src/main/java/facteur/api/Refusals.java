package facteur.api;

import facteur.platform.config.Problem;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import facteur.web.RefusedException;
import java.time.Duration;
import java.util.List;

/// Why a request is refused that could be read.
final class Refusals {
    private Refusals() {}

    /// The same whether there is such an office or not.
    static Answer forbidden() {
        return ProblemDetails.of(403, "forbidden", "", "this token may not do that: its scopes and its office allow something else").answer();
    }

    static RefusedException missing(String what) {
        return ProblemDetails.of(404, "missing", "", "there is no such " + what).refused();
    }

    static RefusedException invalid(String code, String key, String message) {
        return ProblemDetails.of(422, code, key, message).refused();
    }

    static RefusedException invalid(List<Problem> problems) {
        return ProblemDetails.of(422, problems).refused();
    }

    static RefusedException conflict(String code, String message) {
        return ProblemDetails.of(409, code, "", message).refused();
    }

    static RefusedException tooMany(String code, String message, Duration retryAfter) {
        return new RefusedException(ProblemDetails.of(429, code, "", message)
                .answer()
                .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }
}
