package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Links that work once, on whichever node: the one statement that removes a ticket decides who has it. Only the SHA-256 of what
/// stands in a link is kept. Thread-safe.
public final class Tickets {
    private static final String INSERT = "insert into ticket (digest, kind, subject, body, until) values (?, ?, ?, ?, ?)";
    private static final String FIND = "select subject, body, until from ticket where digest = ? and kind = ? and until > ?";
    private static final String REDEEM = "delete from ticket where digest = ? and kind = ? and until > ? returning subject, body, until";
    private static final String IS_THERE_ONE = "select 1 from ticket where kind = ? and subject = ? and body = ? and until > ?";
    private static final String END_ALL = "delete from ticket where kind = ? and subject = ?";

    private final Database database;
    private final InstantSource time;
    private final RandomGenerator random;

    /// @param random that can't be predicted
    public Tickets(Database database, InstantSource time, RandomGenerator random) {
        this.database = database;
        this.time = time;
        this.random = random;
    }

    /// What a link stands for.
    ///
    /// @param subject whose it is
    /// @param body what else its kind keeps in it
    public record Ticket(TicketKind kind, String subject, String body, Instant until) {}

    /// @param text for the link: there is no other way to have it
    public record Made(Ticket ticket, String text) {
        /// Without what lets in.
        @Override
        public String toString() {
            return "Made[ticket=" + ticket + "]";
        }
    }

    /// Makes a ticket that lives as long as its kind.
    public Made make(TicketKind kind, String subject, String body) throws SQLException {
        var made = next(kind, subject, body);
        var _ = database.inTransaction(statements -> insert(statements, made));
        return made;
    }

    /// The same, and no earlier ticket of that kind and subject is good any more.
    public Made replace(TicketKind kind, String subject, String body) throws SQLException {
        var made = next(kind, subject, body);
        var _ = database.inTransaction(statements -> endAll(statements, kind, subject) + insert(statements, made));
        return made;
    }

    /// One that is good once it is inserted.
    Made next(TicketKind kind, String subject, String body) {
        var until = Instant.ofEpochMilli(time.instant().plus(kind.life()).toEpochMilli());
        return new Made(new Ticket(kind, subject, body, until), SecretText.random(random));
    }

    /// What a link stands for, which stays good: for the page that asks before it acts.
    public Optional<Ticket> find(TicketKind kind, String text) throws SQLException {
        var now = time.instant();
        return SecretText.isOne(text) ? database.reading(statements -> find(statements, kind, text, now)) : Optional.empty();
    }

    static Optional<Ticket> find(Statements statements, TicketKind kind, String text, Instant now) throws SQLException {
        return statements.first(FIND, row -> ticket(kind, row), SecretText.digest(text), kind.word(), now.toEpochMilli());
    }

    /// Uses a link up.
    ///
    /// @return empty when it was used, is too old, or was never one
    public Optional<Ticket> redeem(TicketKind kind, String text) throws SQLException {
        var now = time.instant();
        return SecretText.isOne(text) ? database.inTransaction(statements -> redeem(statements, kind, text, now)) : Optional.empty();
    }

    static Optional<Ticket> redeem(Statements statements, TicketKind kind, String text, Instant now) throws SQLException {
        return statements.first(REDEEM, row -> ticket(kind, row), SecretText.digest(text), kind.word(), now.toEpochMilli());
    }

    static int endAll(Statements statements, TicketKind kind, String subject) throws SQLException {
        return statements.update(END_ALL, kind.word(), subject);
    }

    /// Whether there is such a ticket that ends after that time.
    static boolean isThereOne(Statements statements, TicketKind kind, String subject, String body, Instant after) throws SQLException {
        return statements.first(IS_THERE_ONE, row -> row.getInt(1), kind.word(), subject, body, after.toEpochMilli()).isPresent();
    }

    static int insert(Statements statements, Made made) throws SQLException {
        var ticket = made.ticket();
        return statements.update(
                INSERT, SecretText.digest(made.text()), ticket.kind().word(), ticket.subject(), ticket.body(), ticket.until().toEpochMilli());
    }

    private static Ticket ticket(TicketKind kind, ResultSet row) throws SQLException {
        return new Ticket(kind, row.getString("subject"), row.getString("body"), Instant.ofEpochMilli(row.getLong("until")));
    }
}
