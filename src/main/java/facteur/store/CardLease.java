package facteur.store;

import facteur.office.OfficeId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/// The right to write the cards of an office in pieces: one request has it at a time, on whichever node. It ends by itself
/// some seconds after the last piece, so that the death of a process keeps others out for no longer. One thread.
final class CardLease implements AutoCloseable {
    /// What it is taken for.
    enum Purpose {
        EDIT,
        /// An app that does so keeps the cards from then on.
        PUSH
    }

    /// What came of asking for it.
    sealed interface Answer {}

    record Taken(CardLease lease, long version) implements Answer {}

    record NotTaken(CardsResult why) implements Answer {}

    private static final Duration LENGTH = Duration.ofSeconds(15);

    /// Clocks of nodes don't differ by as much: one that ends later was taken while a clock was wrong.
    private static final Duration FOREIGN = Duration.ofMinutes(10);

    /// So begins the name of an owner that may live beside the daemon.
    private static final String COMMAND = "command ";

    private static final String TAKE =
            """
            insert into card_writer (office, owner, until) values (?, ?, ?)
            on conflict (office) do update set owner = excluded.owner, until = excluded.until
            where card_writer.until <= ? or card_writer.until > ?""";
    private static final String RENEW = "update card_writer set until = ? where office = ? and owner = ?";
    private static final String RELEASE = "delete from card_writer where office = ? and owner = ?";
    private static final String RELEASE_DEAD = "delete from card_writer where owner not like '" + COMMAND + "%'";

    private final StoreWriter writer;
    private final OfficeId office;
    private final String owner;

    private CardLease(StoreWriter writer, OfficeId office, String owner) {
        this.writer = writer;
        this.office = office;
        this.owner = owner;
    }

    static Answer take(StoreWriter writer, OfficeId office, Author author, Purpose purpose) throws SQLException {
        var owner = switch (author.via()) {
            case COMMAND -> COMMAND + UUID.randomUUID();
            case API, CONSOLE -> UUID.randomUUID().toString();
        };
        return writer.write(transaction -> {
            var found = OfficeRow.lock(transaction, writer.database().dialect().lock(), office);
            if (found.isEmpty() || found.get().isRemoved()) {
                return new NotTaken(new CardsResult.Missing());
            }
            var row = found.get();
            var conflict = CardKeeper.conflict(row, author);
            if (conflict.isPresent()) {
                return new NotTaken(new CardsResult.Conflict(conflict.get().code(), conflict.get().message()));
            }
            var now = transaction.now();
            var statements = transaction.statements();
            var until = now.plus(LENGTH).toEpochMilli();
            if (statements.update(TAKE, office.text(), owner, until, now.toEpochMilli(), now.plus(FOREIGN).toEpochMilli()) == 0) {
                return new NotTaken(new CardsResult.Busy());
            }
            var kept = purpose == Purpose.PUSH ? CardKeeper.claimed(row, author) : row;
            if (!kept.equals(row)) {
                kept.update(statements);
            }
            return new Taken(new CardLease(writer, office, owner), row.version());
        });
    }

    /// Ends those of a daemon that is gone, where one daemon alone serves a database: as it starts, it has none.
    static void releaseDead(StoreWriter writer) throws SQLException {
        if (writer.database().dialect().hasOneWriter()) {
            writer.write(transaction -> transaction.statements().update(RELEASE_DEAD));
        }
    }

    /// @return false when it ended, and another has it
    boolean renew(StoreTransaction transaction) throws SQLException {
        return transaction.statements().update(RENEW, transaction.now().plus(LENGTH).toEpochMilli(), office.text(), owner) == 1;
    }

    /// What can't be released ends by itself.
    @Override
    public void close() {
        try {
            writer.write(transaction -> transaction.statements().update(RELEASE, office.text(), owner));
        } catch (SQLException away) {
            // Said above.
        }
    }
}
