package facteur.api;

import facteur.access.Token;
import facteur.office.OfficeId;
import facteur.store.Author;
import facteur.store.Via;
import facteur.web.PercentText;
import facteur.web.Request;
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

    /// Whom the history names, with the note of the request: percent-encoded UTF-8, or plain ASCII as it is.
    Author author() {
        var note = request.field("Facteur-Note").map(text -> PercentText.decode(text).orElse(text)).orElse("");
        return new Author(Via.API, token.name(), "", request.peer(), note);
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
