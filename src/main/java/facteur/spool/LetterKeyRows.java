package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The table `letter_key`: letters by the names that their apps gave them. A name is taken in the transaction that stores its letter,
/// so either both are on disk or none is; of two nodes that store one letter at the same time, the primary key lets one through.
///
/// Immutable; each method is part of a transaction of its caller's.
final class LetterKeyRows {
    /// A row may be deleted between the conflict and the look at it, by a cleaner on another node.
    private static final int TRIES = 3;
    private static final int BATCH = 500;

    private static final String INSERT =
            "insert into letter_key (digest, content, letters, made_at) values (?, ?, ?, ?) on conflict (digest) do nothing";
    private static final String SELECT = "select content, letters, made_at from letter_key where digest = ?";
    private static final String REPLACE = "update letter_key set content = ?, letters = ?, made_at = ? where digest = ?";
    /// Those whom it has reached, or may reach.
    private static final String REACHES =
            "select 1 from recipient where letter_id = ? and status in ('pending', 'relayed', 'delivered') limit 1";
    private static final String IN_FIRST_ATTEMPT = "select 1 from queue where letter_id = ? and state = 'active' and attempts = 0";
    static final String ANY_OVER = "select 1 from letter_key where made_at < ? or made_at > ? limit 1";
    private static final String DELETE =
            """
            delete from letter_key where digest in (
                select digest from letter_key where made_at < ? or made_at > ? order by made_at limit %d%s)""";

    private final String select;
    private final String delete;

    LetterKeyRows(Dialect dialect) {
        select = SELECT + dialect.lock();
        delete = DELETE.formatted(BATCH, dialect.skipLocked());
    }

    private record Row(String content, List<QueueId> letters, Instant madeAt) {
        static Row of(ResultSet row) throws SQLException {
            var ids = List.of(row.getString("letters").split(" ")).stream().map(QueueId::new).toList();
            return new Row(row.getString("content"), ids, Instant.ofEpochMilli(row.getLong("made_at")));
        }
    }

    /// Takes the name for a letter, unless another has it. One that has ended without reaching any of its recipients has it no longer,
    /// nor has one that is forgotten.
    ///
    /// @param parts of the letter, the one that its app is told first
    /// @return the letter that has it; empty when it was taken
    Optional<KnownLetter> take(Statements statements, LetterKey key, List<Letter> parts) throws SQLException {
        var first = parts.getFirst();
        var madeAt = first.acceptedAt().toEpochMilli();
        var ids = parts.stream().map(part -> part.id().text()).collect(Collectors.joining(" "));
        for (var tries = 0; tries < TRIES; tries++) {
            if (statements.update(INSERT, key.digest(), key.content(), ids, madeAt) == 1) {
                return Optional.empty();
            }
            var row = statements.first(select, Row::of, key.digest());
            if (row.isPresent()) {
                var known = known(statements, row.get(), key, first.acceptedAt());
                if (known.isEmpty()) {
                    statements.update(REPLACE, key.content(), ids, madeAt, key.digest());
                }
                return known;
            }
        }
        throw new SQLException("the name of a letter comes and goes");
    }

    private static Optional<KnownLetter> known(Statements statements, Row row, LetterKey key, Instant now) throws SQLException {
        // By how far they are apart: a clock may have been set back since.
        if (Duration.between(row.madeAt(), now).abs().compareTo(key.window()) >= 0 || !reachesAny(statements, row.letters())) {
            return Optional.empty();
        }
        return Optional.of(new KnownLetter(row.letters().getFirst(), row.madeAt(), match(statements, row, key)));
    }

    private static boolean reachesAny(Statements statements, List<QueueId> letters) throws SQLException {
        for (var letter : letters) {
            if (statements.first(REACHES, _ -> true, letter.text()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static KnownLetter.Match match(Statements statements, Row row, LetterKey key) throws SQLException {
        if (!row.content().equals(key.content())) {
            return KnownLetter.Match.OTHER;
        }
        return statements.first(IN_FIRST_ATTEMPT, _ -> true, row.letters().getFirst().text()).isPresent()
                ? KnownLetter.Match.IN_FIRST_ATTEMPT
                : KnownLetter.Match.SAME;
    }

    int deleteAll(Statements statements) throws SQLException {
        return statements.update("delete from letter_key");
    }

    /// Whether there are names that no longer stand for a letter.
    ///
    /// @param window for how long they do
    boolean isAnyOver(Statements statements, Instant now, Duration window) throws SQLException {
        return statements.first(ANY_OVER, _ -> true, now.minus(window).toEpochMilli(), now.plus(window).toEpochMilli()).isPresent();
    }

    /// Deletes some of the names that no longer stand for a letter.
    ///
    /// @return whether there may be more
    boolean deleteOver(Statements statements, Instant now, Duration window) throws SQLException {
        return statements.update(delete, now.minus(window).toEpochMilli(), now.plus(window).toEpochMilli()) == BATCH;
    }
}
