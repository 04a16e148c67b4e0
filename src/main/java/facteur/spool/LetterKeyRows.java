package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The table `letter_key`: letters by the names that their apps gave them. A name is taken in the transaction that stores its letter,
/// so either both are on disk or none is; of two nodes that store one letter at the same time, the primary key lets one through.
///
/// Immutable; each method is part of a transaction of its caller's.
final class LetterKeyRows {
    /// A row may be deleted between the conflict and the look at it, by a cleaner on another node.
    private static final int TRIES = 3;

    private static final String INSERT =
            "insert into letter_key (hash, digest, content, letters, made_at) values (?, ?, ?, ?, ?) on conflict (hash) do nothing";
    private static final String SELECT = "select digest, content, letters, made_at from letter_key where hash = ?";
    /// Each statement locks the database and lets it go: a few together cost as much as one.
    private static final int ASKED_TOGETHER = 8;
    private static final String AMONG =
            "select hash from letter_key where hash in (" + String.join(", ", Collections.nCopies(ASKED_TOGETHER, "?")) + ")";
    private static final String REPLACE = "update letter_key set digest = ?, content = ?, letters = ?, made_at = ? where hash = ?";
    /// Those whom it has reached, or may reach.
    private static final String REACHES =
            "select 1 from recipient where letter_id = ? and status in ('pending', 'relayed', 'delivered') limit 1";
    private static final String IN_FIRST_ATTEMPT = "select 1 from queue where letter_id = ? and state = 'active' and attempts = 0";
    private static final String IS_OVER = "(made_at < ? or made_at > ?)";
    private static final String LOOK =
            "select max(hash), count(*), coalesce(sum(case when " + IS_OVER + " then 1 else 0 end), 0)"
                    + " from (select hash, made_at from letter_key where hash > ? order by hash limit ?) as stretch";
    private static final String DELETE = "delete from letter_key where hash > ? and hash <= ? and " + IS_OVER;

    private final String select;

    LetterKeyRows(Dialect dialect) {
        select = SELECT + dialect.lock();
    }

    private record Row(String digest, String content, List<QueueId> letters, Instant madeAt) {
        static Row of(ResultSet row) throws SQLException {
            var ids = List.of(row.getString("letters").split(" ")).stream().map(QueueId::new).toList();
            return new Row(row.getString("digest"), row.getString("content"), ids, Instant.ofEpochMilli(row.getLong("made_at")));
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
            if (statements.update(INSERT, key.hash(), key.digest(), key.content(), ids, madeAt) == 1) {
                return Optional.empty();
            }
            var row = statements.first(select, Row::of, key.hash());
            if (row.isPresent()) {
                var known = known(statements, row.get(), key, first.acceptedAt());
                if (known.isEmpty()) {
                    statements.update(REPLACE, key.digest(), key.content(), ids, madeAt, key.hash());
                }
                return known;
            }
        }
        throw new SQLException("the name of a letter comes and goes");
    }

    /// Whether a letter has the name.
    static boolean isKnown(Statements statements, LetterKey key, Instant now) throws SQLException {
        var row = statements.first(SELECT, Row::of, key.hash());
        return row.isPresent() && known(statements, row.get(), key, now).isPresent();
    }

    private static Optional<KnownLetter> known(Statements statements, Row row, LetterKey key, Instant now) throws SQLException {
        // By how far they are apart: a clock may have been set back since. Two names with one hash won't be met; the later one would win.
        if (!row.digest().equals(key.digest())
                || Duration.between(row.madeAt(), now).abs().compareTo(key.window()) >= 0
                || !reachesAny(statements, row.letters())) {
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

    /// The values of the row of a name that is free.
    static List<Object> row(LetterKey key, Letter letter) {
        return List.of(key.hash(), key.digest(), key.content(), letter.id().text(), letter.acceptedAt().toEpochMilli());
    }

    /// Takes a name that was free when it was looked for.
    ///
    /// @param row values as of [#row]
    static void insert(Statements statements, List<Object> row) throws SQLException {
        statements.update(INSERT, row.toArray());
    }

    /// Those of the hashes that any letter has, or had.
    static Set<Long> among(Statements statements, List<Long> hashes) throws SQLException {
        var found = new HashSet<Long>();
        for (var at = 0; at < hashes.size(); at += ASKED_TOGETHER) {
            var asked = new Object[ASKED_TOGETHER];
            for (var i = 0; i < asked.length; i++) {
                asked[i] = hashes.get(Math.min(at + i, hashes.size() - 1));
            }
            found.addAll(statements.list(AMONG, row -> row.getLong(1), asked));
        }
        return found;
    }

    int deleteAll(Statements statements) throws SQLException {
        return statements.update("delete from letter_key");
    }

    /// A stretch of names.
    ///
    /// @param to the last hash of it
    /// @param over how many no longer stand for a letter
    record Stretch(long to, int names, int over) {}

    /// Looks at the names behind a hash.
    ///
    /// @param limit how many
    /// @param window for how long they stand for a letter
    static Stretch look(Statements statements, long after, int limit, Instant now, Duration window) throws SQLException {
        return statements.first(
                LOOK,
                row -> new Stretch(row.getLong(1), row.getInt(2), row.getInt(3)),
                now.minus(window).toEpochMilli(),
                now.plus(window).toEpochMilli(),
                after,
                limit).orElseThrow(() -> new SQLException("no count"));
    }

    /// Deletes those of a stretch that no longer stand for a letter.
    static int deleteOver(Statements statements, long after, long to, Instant now, Duration window) throws SQLException {
        return statements.update(DELETE, after, to, now.minus(window).toEpochMilli(), now.plus(window).toEpochMilli());
    }
}
