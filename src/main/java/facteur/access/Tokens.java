package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The tokens of the API, in the spool's database. Commands make and revoke them in processes of their own, beside a daemon or
/// without one; a daemon tells its log of what is new.
///
/// Nothing is cached: each request is checked against the database, by one look at a primary key, so that a token that is revoked on one
/// node is refused by all of them from their next request on.
///
/// Thread-safe.
public final class Tokens {
    /// Compared with when there is no such token, so that it takes as long.
    private static final byte[] NO_DIGEST = new byte[32];

    private final Database database;
    private final InstantSource time;
    private final RandomGenerator random;
    private final TokenUses uses;

    /// @param random that can't be predicted
    public Tokens(Database database, InstantSource time, RandomGenerator random) {
        this.database = database;
        this.time = time;
        this.random = random;
        uses = new TokenUses(database);
    }

    /// What became of the wish for a token.
    public sealed interface Addition {
        /// @param text for its holder: there is no other way to have it
        record Made(Token token, TokenText text) implements Addition {}

        /// @param other has the name
        record NameTaken(Token other) implements Addition {}
    }

    /// A change that no daemon's log has had yet.
    public sealed interface Change {
        Token token();

        record Made(Token token) implements Change {}

        record Revoked(Token token) implements Change {}
    }

    /// Makes a token.
    ///
    /// @param by who, for lists and for the log
    /// @throws IllegalArgumentException when it would end in the past, or live too long
    public Addition add(NewToken wanted, String by) throws SQLException {
        var now = now();
        var until = wanted.until(now);
        return database.inTransaction(statements -> {
            while (true) {
                var text = TokenText.random(random);
                var token = new Token(
                        text.id(), wanted.name(), wanted.office(), wanted.scopes(), wanted.suite(), now, by, until, Optional.empty(),
                        Optional.empty());
                if (TokenRows.insert(statements, token, text.digest())) {
                    return new Addition.Made(token, text);
                }
                var other = TokenRows.byName(statements, wanted.name());
                if (other.isPresent()) {
                    return new Addition.NameTaken(other.get().token());
                }
            }
        });
    }

    /// By name; those that are revoked among them.
    public List<Token> list() throws SQLException {
        return database.reading(TokenRows::all).stream().map(TokenRows.Row::token).toList();
    }

    /// One token, revoked or not: the history names them by id.
    public Optional<Token> token(TokenId id) throws SQLException {
        return database.reading(statements -> TokenRows.byId(statements, id)).map(TokenRows.Row::token);
    }

    /// Whether there is a token of that name that is good.
    public boolean isInUse(String name) throws SQLException {
        var now = now();
        return database.reading(statements -> TokenRows.byName(statements, name)).filter(row -> row.token().isGood(now)).isPresent();
    }

    /// Revokes a token, at once and for good.
    ///
    /// @param text its id, its name, or the token itself
    /// @param by who, for lists and for the log
    /// @return the token; empty when there is none that isn't revoked
    public Optional<Token> revoke(String text, String by) throws SQLException {
        var revocation = new Token.Revocation(now(), by);
        return database.inTransaction(statements -> {
            var found = find(statements, text);
            return found.isPresent() && TokenRows.revoke(statements, found.get().token().id(), revocation)
                    ? TokenRows.byId(statements, found.get().token().id()).map(TokenRows.Row::token)
                    : Optional.empty();
        });
    }

    private static Optional<TokenRows.Row> find(Statements statements, String text) throws SQLException {
        var id = TokenText.parse(text).map(TokenText::id).or(() -> TokenId.parse(text));
        return id.isPresent() ? TokenRows.byId(statements, id.get()) : TokenRows.byName(statements, text);
    }

    /// Whose request it is. Its use is noted.
    ///
    /// @param bearer as it was presented
    /// @return empty for a token that isn't good: unknown, ended or revoked
    public Optional<Token> authenticate(String bearer) throws SQLException {
        var now = now();
        var good = presented(bearer).filter(token -> token.isGood(now));
        good.ifPresent(token -> uses.note(token.id(), now));
        return good;
    }

    /// When a token ended that isn't good any more, for its holder's eyes: who presents it had it.
    ///
    /// @return empty when it is good, or was never one
    public Optional<Instant> endOf(String bearer) throws SQLException {
        var now = now();
        return presented(bearer)
                .filter(token -> !token.isGood(now))
                .map(token -> token.revocation().map(Token.Revocation::at).orElse(token.until()));
    }

    /// In a time that says nothing of the secret part.
    private Optional<Token> presented(String bearer) throws SQLException {
        var text = TokenText.parse(bearer);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var row = database.reading(statements -> TokenRows.byId(statements, text.get().id()));
        var isRight = MessageDigest.isEqual(row.map(found -> HexFormat.of().parseHex(found.digest())).orElse(NO_DIGEST), text.get().digest());
        return row.filter(_ -> isRight).map(TokenRows.Row::token);
    }

    /// Writes when tokens were used. To be called every minute or so, and before the database is closed.
    public void writeUses() throws SQLException {
        uses.write();
    }

    /// What no daemon's log has yet, the oldest first; it counts as told from then on. Each goes to one node only.
    public List<Change> tell(int limit) throws SQLException {
        var untold = database.reading(statements -> TokenRows.untold(statements, limit));
        return untold.isEmpty() ? List.of() : database.inTransaction(statements -> told(statements, untold));
    }

    private static List<Change> told(Statements statements, List<TokenRows.Row> untold) throws SQLException {
        var told = new ArrayList<Change>();
        for (var row : untold) {
            var change = row.told().isEmpty() ? new Change.Made(row.token()) : new Change.Revoked(row.token());
            var word = switch (change) {
                case Change.Made _ -> "made";
                case Change.Revoked _ -> "revoked";
            };
            if (TokenRows.tell(statements, row, word)) {
                told.add(change);
            }
        }
        return told;
    }

    /// As it is stored: without what milliseconds don't show.
    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }
}
