package facteur.api;

import facteur.access.Token;
import facteur.office.OfficeId;
import facteur.store.Author;
import facteur.store.Via;
import facteur.web.PercentText;
import facteur.web.Request;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A request of a token that may make it. One thread.
final class Call {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Request request;
    private final Token token;
    private final Optional<OfficeId> office;

    /// @param office that the path names
    Call(Request request, Token token, Optional<OfficeId> office) {
        this.request = request;
        this.token = token;
        this.office = office;
    }

    Request request() {
        return request;
    }

    Token token() {
        return token;
    }

    /// That the path names. Every statement has it.
    OfficeId office() {
        return office.orElseThrow();
    }

    /// Whom the history names, with the note of the request.
    Author author() {
        return new Author(Via.API, token.name(), "", request.peer(), request.field("Facteur-Note").map(Call::note).orElse(""));
    }

    /// Percent-encoded UTF-8. Plain ASCII is itself, and so is UTF-8 that was sent as it is, as curl does: the server reads each octet as a
    /// character.
    private static String note(String field) {
        return PercentText.decode(field).or(() -> utf8(field)).orElse(field);
    }

    private static Optional<String> utf8(String octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(StandardCharsets.ISO_8859_1.encode(octets)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    /// How many items a list is to have at most.
    int limit() {
        return request.number("limit", 1, MOST).map(Math::toIntExact).orElse(USUAL_LIMIT);
    }

    /// Refuses a query with any field but those of a list.
    void isList(String... more) {
        request.queryHasOnly(Stream.concat(List.of("after", "limit").stream(), List.of(more).stream()).toList());
    }

    /// Refuses a query.
    void hasNoQuery() {
        request.queryHasOnly(List.of());
    }
}
