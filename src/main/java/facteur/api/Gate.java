package facteur.api;

import facteur.access.BearerField;
import facteur.access.Token;
import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.login.ClientNetwork;
import facteur.office.OfficeId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Fault;
import facteur.store.NoRoomException;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import facteur.web.Request;
import facteur.web.Route;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may come in. A bearer token in the field Authorization (RFC 6750 §2.1) is the only way: a cookie is never looked at, so no page
/// of another origin can use a person's browser, and a token in an address would end up in logs.
///
/// Thread-safe.
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    static final String PREFIX = "/api/v1";
    private static final String OFFICE_FORM = "an office id is made of a-z 0-9 . _ -, begins with a letter or digit, and has 64 characters at most";

    private final Tokens tokens;
    private final TokenRates rates;
    private final BadTokens badTokens;
    private final Dialect dialect;

    /// @param dialect judges the failures of the database
    Gate(Tokens tokens, TokenRates rates, BadTokens badTokens, Dialect dialect) {
        this.tokens = tokens;
        this.rates = rates;
        this.badTokens = badTokens;
        this.dialect = dialect;
    }

    Route route(Endpoint endpoint) {
        return new Route(endpoint.method(), PREFIX + endpoint.path(), request -> answer(endpoint, request));
    }

    private Answer answer(Endpoint endpoint, Request request) {
        try {
            return admitted(endpoint, request);
        } catch (NoRoomException full) {
            LOG.warn("{} {}: {}", endpoint.method(), endpoint.path(), full.getMessage());
            return ProblemDetails
                    .of(503, "disk.unavailable", "", full.getMessage() + ": say it again when it has more; of many cards, a part may be written")
                    .answer();
        } catch (SQLException e) {
            return unavailable(endpoint, e);
        } catch (IOException e) {
            LOG.error("{} {}", endpoint.method(), endpoint.path(), e);
            return ProblemDetails.of(503, "disk.unavailable", "", "the disk doesn't take it: say it again; of many cards, a part may be written")
                    .answer();
        }
    }

    private Answer admitted(Endpoint endpoint, Request request) throws SQLException, IOException {
        return switch (BearerField.parse(request.fields("Authorization"))) {
            case BearerField.None() -> unauthorized("token.missing", "a token is needed: Authorization: Bearer fct_…", "");
            case BearerField.Unreadable(var why) -> unauthorized("token.invalid", why, ", error=\"invalid_request\"");
            case BearerField.Presented(var bearer) -> {
                var peer = ClientNetwork.of(request.address());
                badTokens.pause(peer).ifPresent(wait -> {
                    throw Refusals.tooMany("rate.tokens", "too many tokens that are not known came from this address", wait);
                });
                var token = tokens.authenticate(bearer.reveal());
                yield token.isPresent() ? known(endpoint, request, token.get()) : unknown(peer, bearer.reveal());
            }
        };
    }

    private Answer unknown(ClientNetwork peer, String bearer) throws SQLException {
        badTokens.count(peer);
        return unauthorized("token.unknown", words(tokens.endOf(bearer)), ", error=\"invalid_token\"");
    }

    /// @param end of a token that was good once: only its holder asks
    private static String words(Optional<Instant> end) {
        return end.map(at -> "this token ended at " + at + ": its time was over, or it was revoked").orElse("this token is not known");
    }

    /// @param error what RFC 6750 §3 adds
    private static Answer unauthorized(String code, String message, String error) {
        return ProblemDetails.of(401, code, "Authorization", message)
                .answer()
                .with("WWW-Authenticate", BearerField.SCHEME + " realm=\"facteur\"" + error);
    }

    private Answer known(Endpoint endpoint, Request request, Token token) throws SQLException, IOException {
        request.isBy(token.name());
        return switch (rates.begin(token.id())) {
            case TokenRates.Turn.Later(var retryAfter, var why) -> throw Refusals.tooMany("rate", why, retryAfter);
            case TokenRates.Turn.Granted granted -> inTurn(endpoint, request, token, granted);
        };
    }

    /// A list that is written while it is sent has its turn until then: it reads the database all the time.
    private static Answer inTurn(Endpoint endpoint, Request request, Token token, TokenRates.Turn.Granted granted)
            throws SQLException, IOException {
        var isMade = false;
        try {
            var answer = permitted(endpoint, request, token).endingWith(granted::close);
            isMade = true;
            return answer;
        } finally {
            if (!isMade) {
                granted.close();
            }
        }
    }

    /// The refusal is the same whether the office exists or not: only tokens for all offices hear that one is missing.
    private static Answer permitted(Endpoint endpoint, Request request, Token token) throws SQLException, IOException {
        var office = endpoint.path().contains("{office}") ? OfficeId.parse(request.variable("office")) : Optional.<OfficeId>empty();
        var isInReach = switch (endpoint.reach()) {
            case ALL_OFFICES -> token.isForAll();
            case OFFICE -> token.isForAll() || office.filter(token::isFor).isPresent();
        };
        if (!isInReach || !token.allows(endpoint.scope())) {
            return Refusals.forbidden();
        }
        if (office.isEmpty() && endpoint.path().contains("{office}")) {
            throw endpoint.makesOffice() ? Refusals.invalid("value.invalid", "office", OFFICE_FORM) : Refusals.missing("office");
        }
        return endpoint.action().answer(new Call(request, token, office));
    }

    private Answer unavailable(Endpoint endpoint, SQLException e) {
        if (dialect.fault(e) == Fault.UNAVAILABLE) {
            LOG.debug("{} {}", endpoint.method(), endpoint.path(), e);
        } else {
            LOG.error("{} {}", endpoint.method(), endpoint.path(), e);
        }
        return ProblemDetails
                .of(503, "database.unavailable", "", "the settings can't be reached now: say it again; of many cards, a part may be written")
                .answer();
    }
}
