package facteur.web;

import facteur.platform.json.Json;
import facteur.platform.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a request gets. Immutable, but for the octets of a body.
///
/// @param fields of the header, besides those that every answer has
/// @param cookies each a field Set-Cookie
/// @param problem why it is a refusal; the body says it as JSON
public record Answer(
        int status, SequencedMap<String, String> fields, Body body, List<SetCookie> cookies, Optional<ProblemDetails> problem) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    /// Fits into one packet as it is.
    private static final int SMALL = 1400;

    private static final String HTML = "text/html; charset=utf-8";
    private static final String LOCATION = "Location";
    private static final int BUFFERED = 64 * 1024;

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
        cookies = List.copyOf(cookies);
    }

    public Answer(int status, SequencedMap<String, String> fields, Body body) {
        this(status, fields, body, List.of(), Optional.empty());
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

    /// A page, or a part of one.
    public static Answer html(int status, byte[] page) {
        return octets(status, HTML, page).withAll(PageFields.ALL);
    }

    /// Another page of ours instead (RFC 9110 §15.4.4), by GET.
    ///
    /// @param path with a query, perhaps; never text of a stranger that [OwnPath] hasn't judged
    public static Answer seeOther(String path) {
        if (!OwnPath.isWritten(path)) {
            throw new IllegalArgumentException("not a path of ours: " + path);
        }
        return empty(303).with(LOCATION, path);
    }

    /// A page of others instead, whose address is configured.
    public static Answer seeOther(URI elsewhere) {
        return empty(303).with(LOCATION, elsewhere.toASCIIString());
    }

    static Answer problem(ProblemDetails details) {
        var answer = octets(details.status(), PROBLEM, (details.json() + "\n").getBytes(StandardCharsets.UTF_8));
        return new Answer(answer.status, answer.fields, answer.body, List.of(), Optional.of(details));
    }

    /// A page in place of JSON; what else the header says stays, such as Allow and Retry-After.
    Answer shownAs(Answer page) {
        var kept = new LinkedHashMap<>(fields);
        kept.putAll(page.fields);
        var all = new ArrayList<>(cookies);
        all.addAll(page.cookies);
        return new Answer(status, kept, page.body, all, problem);
    }

    /// The same, with one more thing to be done once it is sent, or can't be; at once when its body is there and fits into the buffers of the
    /// connection. A larger one stays in memory while a peer reads it slowly.
    public Answer endingWith(Runnable more) {
        return switch (body) {
            case Body.Octets(var octets) when octets.length > BUFFERED ->
                new Answer(status, fields, new Body.Written(out -> out.write(octets), more), cookies, problem);
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
            }), cookies, problem);
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
        return new Answer(status, more, body, cookies, problem);
    }

    private Answer withAll(Map<String, String> added) {
        var more = new LinkedHashMap<>(fields);
        more.putAll(added);
        return new Answer(status, more, body, cookies, problem);
    }

    /// The same, packed, when the browser takes that and it is worth it: for an answer in which nothing of the request stands, since its
    /// size would tell of what stands beside it.
    public Answer packedFor(Request request) {
        return body instanceof Body.Octets(var octets) && octets.length > SMALL && Gzip.isTaken(request.fields("Accept-Encoding"))
                ? new Answer(status, fields, new Body.Octets(Gzip.quick(octets)), cookies, problem)
                        .with("Content-Encoding", Gzip.NAME)
                        .with("Vary", "Accept-Encoding")
                : this;
    }

    /// The same with a cookie.
    public Answer withCookie(SetCookie cookie) {
        var more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Answer(status, fields, body, more, problem);
    }

    /// The same page, which one other site may show in a frame.
    ///
    /// @param origin `https://suite.example.org`
    public Answer framedBy(String origin) {
        return withAll(PageFields.framedBy(origin));
    }

    /// The same, upon which the browser forgets pages that it keeps for the Back button.
    public Answer clearingCache() {
        return with("Clear-Site-Data", "\"cache\"");
    }
}
