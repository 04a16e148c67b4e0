package facteur.spool;

import facteur.mail.letter.LateBound;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Body;
import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.database.Statements;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables `letter`, `recipient` and `content`: what a letter is, apart from where it stands. Immutable; each method is
/// part of a transaction of its caller's.
final class LetterRows {
    private static final String INSERT_LETTER =
            """
            insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule,
                settings_version, reverse_path, original_reverse_path, body_type, header_encoding, size_bytes,
                return_content, envelope_id, traceparent, message_id, from_field, reply_to_field,
                card_version, kind, subject, company, ended_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)""";
    private static final String INSERT = INSERT_LETTER.formatted("null");
    private static final String INSERT_ENDED = INSERT_LETTER.formatted("?");
    private static final String INSERT_ADDRESS =
            """
            insert into recipient (letter_id, position, address, notify, original_recipient, status, last_reply, last_at)
            values (?, ?, ?, ?, ?, %s)""";
    private static final String INSERT_RECIPIENT = INSERT_ADDRESS.formatted("'pending', '', null");
    private static final String INSERT_TRIED = INSERT_ADDRESS.formatted("?, ?, ?");
    private static final String INSERT_CONTENT =
            "insert into content (letter_id, header, body, body_bytes) values (?, ?, ?, ?)";
    private static final String SELECT =
            """
            select letter.*, content.header, content.body, content.body_bytes, content.body is null as is_file
            from letter join content on content.letter_id = letter.id where letter.id = ?""";
    private static final String SELECT_RECIPIENTS =
            """
            select address, notify, original_recipient, status, last_reply
            from recipient where letter_id = ? order by position""";
    /// A host beyond the upstream may have said more before we write that the upstream took it.
    private static final String UPDATE_RECIPIENT =
            """
            update recipient set status = ?, last_reply = ?, last_at = ?
            where letter_id = ? and position = ? and status not in ('returned', 'delivered')""";
    private static final String REMOVE_PENDING =
            "update recipient set status = 'removed', last_at = ? where letter_id = ? and status = 'pending'";
    private static final String KNOWN =
            """
            select ended_at is not null and not exists (select 1 from content where letter_id = letter.id)
            from letter where id = ?""";
    private static final String IS_THERE = "select 1 from letter where id = ?";
    private static final String ANY_IN_FILE = "select letter_id from content where body is null limit 1";
    private static final String NEWEST = "select id from letter order by id desc limit 1";
    private static final String DELETE_CONTENT = "delete from content where letter_id = ?";
    private static final String ARRIVED = "update recipient set status = 'delivered', last_at = ? where letter_id = ?";
    private static final String END = "update letter set ended_at = ? where id = ?";

    private final Bodies bodies;

    LetterRows(Bodies bodies) {
        this.bodies = bodies;
    }

    /// A letter that is at its end already: what it says isn't kept.
    void insertEnded(Statements statements, Letter letter) throws SQLException {
        insertNames(statements, letter);
        var at = letter.acceptedAt().toEpochMilli();
        statements.update(END, at, letter.id().text());
        statements.update(ARRIVED, at, letter.id().text());
    }

    void insert(Statements statements, Letter letter) throws SQLException {
        insertNames(statements, letter);
        var body = letter.message().body();
        statements.update(INSERT_CONTENT, letter.id().text(), letter.message().header().octets(), inRow(body), body.sizeBytes());
        if (body instanceof FileBody large) {
            bodies.insert(statements, letter.id(), large);
        }
    }

    private static void insertNames(Statements statements, Letter letter) throws SQLException {
        statements.update(INSERT, names(letter).toArray());
        for (var recipient : addresses(letter)) {
            statements.update(INSERT_RECIPIENT, recipient.toArray());
        }
    }

    /// Inserts a letter that was written down before.
    static void insert(Statements statements, LoggedLetter letter) throws SQLException {
        statements.update(INSERT, letter.names().toArray());
        for (var recipient : letter.addresses()) {
            statements.update(INSERT_RECIPIENT, recipient.toArray());
        }
        statements.update(INSERT_CONTENT, letter.content().toArray());
    }

    /// Inserts one that has ended meanwhile: what it says isn't kept.
    static void insertEnded(Statements statements, LoggedLetter letter, Settlement.Ended ended) throws SQLException {
        statements.update(INSERT_ENDED, with(letter.names(), ended.endedAt().toEpochMilli()));
        var changes = ended.changes().iterator();
        var change = changes.hasNext() ? changes.next() : null;
        for (var i = 0; i < letter.addresses().size(); i++) {
            var address = letter.addresses().get(i);
            if (change != null && change.position() == i) {
                statements.update(INSERT_TRIED, with(address, word(change.status()), change.reply(), ended.at().toEpochMilli()));
                change = changes.hasNext() ? changes.next() : null;
            } else {
                statements.update(INSERT_RECIPIENT, address.toArray());
            }
        }
    }

    private static Object[] with(List<Object> values, Object... more) {
        var all = Arrays.copyOf(values.toArray(), values.size() + more.length);
        System.arraycopy(more, 0, all, values.size(), more.length);
        return all;
    }

    /// The values of the letter's row, but for its end.
    static List<Object> names(Letter letter) {
        var why = letter.provenance();
        var envelope = letter.envelope();
        var named = NamedFields.of(letter.message().header(), envelope.reversePath());
        return List.of(
                letter.id().text(),
                letter.acceptedAt().toEpochMilli(),
                why.app().text(),
                why.office().text(),
                why.context().text(),
                why.relation().text(),
                why.sender().text(),
                why.decision().from().text(),
                why.decision().replyTo().text(),
                why.decision().settingsVersion(),
                envelope.reversePath().toString(),
                letter.originalReversePath().toString(),
                envelope.body().word(),
                envelope.encoding().name(),
                letter.message().sizeBytes(),
                text(envelope.dsn().returnContent()),
                text(envelope.dsn().envelopeId().map(Xtext::encoded)),
                why.trace().text(),
                named.messageId(),
                named.from(),
                letter.late().map(late -> NamedFields.replyTo(late.people())).orElse(named.replyTo()),
                why.decision().cardVersion(),
                why.kind().text(),
                named.subject(),
                text(letter.late().map(LateBound::company).map(Mailbox::written)));
    }

    /// The values of its recipients' rows, but for how far each has come.
    static List<List<Object>> addresses(Letter letter) {
        var addresses = new ArrayList<List<Object>>();
        for (var path : letter.envelope().recipients()) {
            addresses.add(address(letter, addresses.size(), path));
        }
        return addresses;
    }

    private static List<Object> address(Letter letter, int position, ForwardPath path) {
        return List.of(letter.id().text(), position, path.address().toString(), text(path.reports()), text(path.original()));
    }

    private static byte @Nullable [] inRow(Body body) {
        return switch (body) {
            case MemoryBody memory -> memory.octets();
            case FileBody inFile -> null;
        };
    }

    /// Reads a letter whole; a large body is in a file.
    ///
    /// @throws UnreadableException when the letter isn't what was written
    LeasedLetter read(Statements statements, QueueRows.Claimed claimed) throws SQLException, UnreadableException {
        var recipients = recipients(statements, claimed.letterId());
        var paths = recipients.stream().map(Recipient::path).toList();
        try {
            var letter = statements.first(SELECT, row -> letter(statements, row, paths), claimed.letterId());
            return letter.map(found -> new LeasedLetter(found, claimed.lease(), claimed.attempts(), claimed.warnedAt(), recipients))
                    .orElseThrow(() -> new UnreadableException("its content is missing", null));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new UnreadableException(String.valueOf(damaged.getMessage()), damaged);
        } catch (UncheckedIOException failure) {
            throw new UnreadableException(String.valueOf(failure.getMessage()), failure, UnreadableException.Kind.FOR_NOW);
        }
    }

    static List<Recipient> recipients(Statements statements, String letterId)
            throws SQLException, UnreadableException {
        try {
            return statements.list(
                    SELECT_RECIPIENTS,
                    row -> new Recipient(path(row), status(row.getString("status")), row.getString("last_reply")),
                    letterId);
        } catch (IllegalArgumentException damaged) {
            throw new UnreadableException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private static ForwardPath path(ResultSet row) throws SQLException {
        return new ForwardPath(
                Address.stored(row.getString("address")),
                given(row.getString("notify"), Notify::of),
                given(row.getString("original_recipient"), OriginalRecipient::of));
    }

    /// An empty text is "none".
    private static <T> Optional<T> given(String text, Function<String, T> reader) {
        return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private Letter letter(Statements statements, ResultSet row, List<ForwardPath> recipients) throws SQLException {
        var id = new QueueId(row.getString("id"));
        var envelope = new Envelope(
                ReversePath.of(row.getString("reverse_path")),
                recipients,
                bodyType(row.getString("body_type")),
                HeaderEncoding.valueOf(row.getString("header_encoding")),
                new DsnRequest(
                        given(row.getString("return_content"), ReturnContent::valueOf),
                        given(row.getString("envelope_id"), Xtext::new)));
        var original = ReversePath.of(row.getString("original_reverse_path"));
        var message = new Message(Header.parse(octets(row, "header")), body(statements, row, id));
        if (message.sizeBytes() != row.getLong("size_bytes")) {
            if (message.body() instanceof FileBody large) {
                bodies.release(large);
            }
            throw new IllegalArgumentException("the letter has " + message.sizeBytes() + " octets, not as many as it had");
        }
        return new Letter(
                id,
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                provenance(row),
                envelope,
                original,
                message);
    }

    /// @param row of the table `letter`
    static Provenance provenance(ResultSet row) throws SQLException {
        return Provenance.parse(
                row.getString("app"),
                row.getString("office"),
                row.getString("context"),
                row.getString("relation"),
                row.getString("sender"),
                row.getString("from_rule"),
                row.getString("reply_to_rule"),
                row.getString("settings_version"),
                row.getString("card_version"),
                row.getString("traceparent"),
                row.getString("kind"));
    }

    private Body body(Statements statements, ResultSet row, QueueId id) throws SQLException {
        return row.getBoolean("is_file")
                ? bodies.read(statements, id, row.getLong("body_bytes"))
                : new MemoryBody(octets(row, "body"));
    }

    /// Some drivers read no octets as null.
    static byte[] octets(ResultSet row, String column) throws SQLException {
        var octets = row.getBytes(column);
        return octets == null ? new byte[0] : octets;
    }

    private static BodyType bodyType(String word) {
        return Stream.of(BodyType.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a body type: " + word));
    }

    private static String word(Recipient.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Recipient.Status status(String word) {
        return Recipient.Status.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Writes a recipient that an attempt changed.
    static void updateRecipient(Statements statements, QueueId id, Settlement.Change change, Instant at) throws SQLException {
        statements.update(
                UPDATE_RECIPIENT,
                word(change.status()),
                change.reply(),
                at.toEpochMilli(),
                id.text(),
                change.position());
    }

    /// Drops the content; the rest stays as the message log.
    static void end(Statements statements, QueueId id, Instant endedAt) throws SQLException {
        statements.update(DELETE_CONTENT, id.text());
        statements.update(END, endedAt.toEpochMilli(), id.text());
    }

    /// Ends a letter that those who still waited for it will not get.
    static void remove(Statements statements, QueueId id, Instant endedAt) throws SQLException {
        statements.update(REMOVE_PENDING, endedAt.toEpochMilli(), id.text());
        end(statements, id, endedAt);
    }

    static boolean isThere(Statements statements, String id) throws SQLException {
        return statements.first(IS_THERE, _ -> true, id).isPresent();
    }

    static Bodies.Known known(Statements statements, QueueId id) throws SQLException {
        return statements.first(KNOWN, row -> row.getBoolean(1) ? Bodies.Known.ENDED : Bodies.Known.WAITS, id.text())
                .orElse(Bodies.Known.UNKNOWN);
    }

    static Optional<QueueId> anyInFile(Statements statements) throws SQLException {
        return statements.first(ANY_IN_FILE, row -> row.getString(1)).flatMap(QueueId::parse);
    }

    /// Ids sort by age.
    static Optional<QueueId> newest(Statements statements) throws SQLException {
        return statements.first(NEWEST, row -> row.getString(1)).flatMap(QueueId::parse);
    }
}
