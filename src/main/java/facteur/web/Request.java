package facteur.web;

import facteur.platform.config.Nearest;
import facteur.platform.config.Problem;
import facteur.platform.json.JsonValue;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request, read piece by piece. What can't be read is refused with a [RefusedException]. One thread.
public final class Request {
    private final RequestHead head;
    private final Arrival arrival;
    private final Caller caller;
    private final Map<String, String> variables;
    private final Query query;
    private final RequestBody body;

    private Request(Arrival arrival, Caller caller, Map<String, String> variables, Query query, Optional<Path> uploads) {
        this.head = arrival.head();
        this.arrival = arrival;
        this.caller = caller;
        this.variables = variables;
        this.query = query;
        this.body = new RequestBody(head, arrival.body(), uploads);
    }

    /// @param caller learns who it is
    /// @param variables of the path, decoded
    /// @param uploads folder for the file of a form
    static Request of(Arrival arrival, Caller caller, Map<String, String> variables, Optional<Path> uploads) {
        var head = arrival.head();
        var query = switch (Query.parse(head.query())) {
            case Query.Reading.Read(var read) -> read;
            case Query.Reading.Unreadable() ->
                throw ProblemDetails.of(400, "query.invalid", "", "the query must be name=value&…, percent-encoded UTF-8").refused();
            case Query.Reading.Twice(var field) ->
                throw ProblemDetails.of(400, "query.twice", field, "the query names this field twice").refused();
        };
        return new Request(arrival, caller, Map.copyOf(variables), query, uploads);
    }

    /// Whose request it is: the address, not that of a trusted proxy.
    public String peer() {
        return arrival.client().getHostAddress();
    }

    /// The same, as an address.
    public InetAddress address() {
        return arrival.client();
    }

    /// Says as whom the request was let in: the journal names the caller.
    public void isBy(String name) {
        caller.is(name);
    }

    public String method() {
        return head.method();
    }

    /// Whether it asks for no change (RFC 9110 §9.2.1). CONNECT and TRACE have no route.
    public boolean isSafe() {
        return Set.of("GET", "HEAD").contains(head.method());
    }

    /// Whether its body is announced as no larger.
    public boolean hasAtMost(long octets) {
        return head.fields("Transfer-Encoding").isEmpty() && head.length().orElse(0) <= octets;
    }

    /// Whether browsers reach us by TLS, here or at a proxy.
    public boolean isHttps() {
        return arrival.frontage().isHttps();
    }

    /// Whether the browser says that a page of ours sent it.
    boolean isFromOurPages() {
        return arrival.frontage().isFromOurPages(head);
    }

    /// Where it was sent, with its query: undecoded, as a browser can be sent there again.
    public String target() {
        return head.path() + (head.query().isEmpty() ? "" : "?" + head.query());
    }

    public RequestHead head() {
        return head;
    }

    /// A cookie that the browser sent once.
    public Optional<String> cookie(String name) {
        return head.cookie(name);
    }

    /// Of the path, decoded.
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no {" + name + "}");
        }
        return value;
    }

    /// All fields of the header of that name.
    public List<String> fields(String name) {
        return head.fields(name);
    }

    /// A field of the header that comes once at most.
    public Optional<String> field(String name) {
        return head.field(name);
    }

    /// Refuses a query with another field than these.
    public void queryHasOnly(Collection<String> known) {
        var problems = new ArrayList<Problem>();
        for (var name : query.fields().keySet()) {
            if (!known.contains(name)) {
                problems.add(new Problem("", 0, name, "query.unknown", "no such field in the query of this path"
                        + Nearest.hint(name, known), Nearest.of(name, known)));
            }
        }
        if (!problems.isEmpty()) {
            throw ProblemDetails.of(400, problems).refused();
        }
    }

    /// A field of the query.
    public Optional<String> query(String name) {
        return query.field(name);
    }

    /// A field of the query that is a whole number within bounds.
    public Optional<Long> number(String name, long min, long max) {
        return query(name).map(text -> {
            if (text.matches("\\d{1,18}") && Long.parseLong(text) >= min && Long.parseLong(text) <= max) {
                return Long.valueOf(text);
            }
            throw ProblemDetails.of(400, "query.invalid", name, "must be a whole number from " + min + " to " + max).refused();
        });
    }

    /// A field of the query that is one of these words; the first when it isn't there.
    public String word(String name, List<String> words) {
        var word = query(name).orElse(words.getFirst());
        if (!words.contains(word)) {
            throw ProblemDetails.of(400, List.of(new Problem(
                    "", 0, name, "query.invalid", "must be one of " + String.join(", ", words), Nearest.of(word, words))))
                    .refused();
        }
        return word;
    }

    /// A field of the query that is there or not: `?dry-run`, `?dry-run=true`.
    public boolean flag(String name) {
        return query(name).map(text -> switch (text) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw ProblemDetails.of(400, "query.invalid", name, "must be true or false").refused();
        }).orElse(false);
    }

    public EntityTags ifMatch() {
        return tags("If-Match");
    }

    public EntityTags ifNoneMatch() {
        return tags("If-None-Match");
    }

    private EntityTags tags(String name) {
        return EntityTags.parse(head.fields(name))
                .orElseThrow(() -> ProblemDetails.of(400, "header.invalid", name, "must be *, or entity tags such as \"42\"").refused());
    }

    /// The form in which the answer is wanted.
    ///
    /// @param offered the usual one first
    public String accepted(List<String> offered) {
        return AcceptedTypes.of(head.fields("Accept")).best(offered);
    }

    /// The body as JSON, of one megabyte at most.
    ///
    /// @param type that it has to have
    public JsonValue json(String type) {
        return body.json(type);
    }

    /// Refuses a body where none has a meaning.
    public void hasNoBody() {
        body.refuseAny();
    }

    /// The name of the body's type.
    ///
    /// @param known in UTF-8; no other is taken
    public String bodyType(Set<String> known) {
        return body.type(known).name();
    }

    /// The body as a form, read once. A file in it is dropped: only who is signed in may fill the disk.
    public Form form() {
        return body.form();
    }

    /// The body as a form, read once, with the file that was chosen in it. The file is deleted when the request is answered.
    public Form formWithFile() {
        return body.formWithFile();
    }

    /// Deletes what a form brought.
    void end() {
        body.end();
    }

    /// The body in a file that only we can read; for one that would take too much memory.
    ///
    /// @param folder for the file
    /// @param most octets
    public Upload upload(Path folder, long most) {
        return body.upload(folder, most);
    }
}
