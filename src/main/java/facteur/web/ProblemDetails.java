package facteur.web;

import facteur.platform.config.Problem;
import facteur.platform.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Why a request is refused, as a program reads it (RFC 9457): `{"title", "status", "detail", "problems": [{"code", "key",
/// "message", "line"?, "nearest"?}]}`, all problems at once. Immutable.
///
/// @param detail for people, in English
/// @param problems one at least: their codes stay the same from release to release
/// @param more members that this refusal has besides
public record ProblemDetails(int status, String detail, List<Problem> problems, SequencedMap<String, JsonValue> more) {
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "5";

    public ProblemDetails {
        problems = List.copyOf(problems);
        more = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(more));
    }

    /// A refusal for one reason, which is the detail.
    ///
    /// @param key the field, header or member that it is about; empty for none
    public static ProblemDetails of(int status, String code, String key, String message) {
        return of(status, List.of(new Problem("", 0, key, code, message)));
    }

    /// @param problems one at least
    public static ProblemDetails of(int status, List<Problem> problems) {
        var detail = problems.size() == 1 ? problems.getFirst().message() : problems.size() + " problems";
        return new ProblemDetails(status, detail, problems, new LinkedHashMap<>());
    }

    /// The same with a member.
    public ProblemDetails with(String name, JsonValue value) {
        var added = new LinkedHashMap<>(more);
        added.put(name, value);
        return new ProblemDetails(status, detail, problems, added);
    }

    /// What is away for now, is said to come back soon.
    public Answer answer() {
        var answer = Answer.problem(this);
        return status == UNAVAILABLE ? answer.with("Retry-After", RETRY_SECONDS) : answer;
    }

    public RefusedException refused() {
        return new RefusedException(answer());
    }

    JsonValue json() {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("title", JsonValue.of(title(status)));
        members.put("status", new JsonValue.Number(status));
        members.put("detail", JsonValue.of(detail));
        members.put("problems", json(problems));
        members.putAll(more);
        return new JsonValue.Members(members);
    }

    /// Problems or warnings, as members of an answer.
    public static JsonValue json(List<Problem> problems) {
        return new JsonValue.Array(problems.stream().map(ProblemDetails::json).toList());
    }

    private static JsonValue json(Problem problem) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("code", JsonValue.of(problem.code()));
        members.put("key", JsonValue.of(problem.key()));
        members.put("message", JsonValue.of(problem.message()));
        if (problem.line() > 0) {
            members.put("line", new JsonValue.Number(problem.line()));
        }
        problem.nearest().ifPresent(nearest -> members.put("nearest", JsonValue.of(nearest)));
        return new JsonValue.Members(members);
    }

    /// The reason phrase (RFC 9110 §15), since the type is `about:blank` (RFC 9457 §4.2.1).
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
