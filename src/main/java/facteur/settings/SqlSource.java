package facteur.settings;

import com.zaxxer.hikari.HikariDataSource;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Document;
import facteur.platform.config.Nearest;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings that stay in the company's own database, with its own tables: one select gives the rows of an
/// office, another those of a relation card, with columns named as in an office's file.
///
/// Each lookup asks the database; [SettingsCache] stores the answers. A mistake in a row makes that office or card
/// unusable, and affects no other.
///
/// Thread-safe; blocks for a connection and then for the answer, each for [SqlSettings#timeout()] and a second at most.
public final class SqlSource implements SettingsSource {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSource.class);
    private static final String ROWS = "rows";

    private final SqlSettings settings;
    private final OfficeReader reader;
    private final CardReader cardReader;
    private final SqlCard card;
    private final InstantSource time;
    private final HikariDataSource pool;

    /// The version of an office whose warnings were last logged; grows only with the offices there are.
    private final Map<OfficeId, String> warned = new ConcurrentHashMap<>();

    /// Connects to nothing yet.
    ///
    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public SqlSource(SqlSettings settings, Address sharedAddress, Roles roles, InstantSource time) {
        this.settings = settings;
        this.reader = new OfficeReader(sharedAddress, roles);
        this.cardReader = new CardReader(roles);
        this.card = new SqlCard(roles);
        this.time = time;
        this.pool = SqlPool.of(settings);
    }

    @Override
    public String name() {
        return "sql " + settings.name();
    }

    @Override
    public Lookup<OfficeSettings> office(OfficeId office) {
        var question = new Question("office " + office, settings.office(), Map.of(SqlSettings.OFFICE, office.text()));
        return ask(question, SqlOffice.LABELS, (rows, problems) -> read(office, rows, problems));
    }

    @Override
    public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
        if (settings.relation().isEmpty()) {
            return new Lookup.Missing<>();
        }
        var question = new Question(
                "relation " + relation + " of the office " + office,
                settings.relation().get(),
                Map.of(SqlSettings.OFFICE, office.text(), SqlSettings.RELATION, relation.text()));
        return ask(question, card.labels(), this::read);
    }

    @Override
    public void close() {
        pool.close();
    }

    /// @param what it is about, for messages
    /// @param values by parameter
    private record Question(String what, SqlStatement select, Map<String, String> values) {}

    private <T> Lookup<T> ask(Question question, List<String> labels, BiFunction<SqlRows, Problems, T> reading) {
        SqlRows rows;
        try {
            rows = rows(question);
        } catch (SQLException e) {
            return new Lookup.Unavailable<>(sentence(question, reason(e)));
        }
        var problems = new Problems();
        checkLabels(rows, labels, problems);
        if (!rows.isWhole()) {
            problem(problems, "", "the select gives more than " + SqlRows.MOST_ROWS + " rows or " + SqlRows.MOST_CHARACTERS + " characters");
        }
        if (problems.isEmpty() && rows.rows().isEmpty()) {
            return new Lookup.Missing<>();
        }
        if (problems.isEmpty()) {
            var value = reading.apply(rows, problems);
            if (problems.isEmpty()) {
                return new Lookup.Found<>(value, time.instant());
            }
        }
        return new Lookup.Unusable<>(sentence(question, words(problems.list().getFirst())));
    }

    private SqlRows rows(Question question) throws SQLException {
        try (var connection = pool.getConnection()) {
            limitSilence(connection);
            try (var statement = connection.prepareStatement(question.select().sql())) {
                statement.setQueryTimeout(SqlPool.seconds(settings));
                statement.setMaxRows(SqlRows.MOST_ROWS + 1);
                var position = 1;
                for (var name : question.select().parameters()) {
                    statement.setString(position++, question.values().get(name));
                }
                try (var results = statement.executeQuery()) {
                    return SqlRows.read(results);
                }
            }
        }
    }

    private void limitSilence(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, SqlPool.socketMillis(settings));
        } catch (SQLFeatureNotSupportedException local) {
            // A driver without a network, or one that takes the time from its URL.
            LOG.debug("{} has no network timeout", name(), local);
        }
    }

    private static void checkLabels(SqlRows rows, List<String> known, Problems problems) {
        var seen = new HashSet<String>();
        for (var label : rows.labels()) {
            if (!known.contains(label)) {
                problem(problems, label, "unknown column; known are " + String.join(", ", known) + Nearest.hint(label, known));
            } else if (!seen.add(label)) {
                problem(problems, label, "this column comes twice");
            }
        }
    }

    private OfficeSettings read(OfficeId id, SqlRows rows, Problems problems) {
        var office = new SqlOffice(rows, (key, message) -> problem(problems, key, message));
        var text = SqlTree.write(office.tree());
        var section = Document.read(text, ROWS, problems);
        var version = office.version().orElseGet(() -> OfficeReader.version(text));
        var read = reader.read(section, id, version);
        section.close();
        warn(id, version, problems.warnings());
        return read;
    }

    private RelationCard read(SqlRows rows, Problems problems) {
        var text = SqlTree.write(card.tree(rows, (key, message) -> problem(problems, key, message)));
        var section = Document.read(text, ROWS, problems);
        var read = cardReader.read(section);
        section.close();
        return read;
    }

    /// Once for each version, not at every refresh.
    private void warn(OfficeId office, String version, List<Problem> warnings) {
        if (!warnings.isEmpty() && !version.equals(warned.put(office, version))) {
            warnings.forEach(warning -> LOG.warn("office {}: {}", office, words(warning)));
        }
    }

    private static void problem(Problems problems, String key, String message) {
        problems.add(new Problem(ROWS, 0, key, message));
    }

    /// Without origin and line: no operator has seen the text.
    private static String words(Problem problem) {
        return problem.key().isEmpty() ? problem.message() : problem.key() + ": " + problem.message();
    }

    private static String sentence(Question question, String reason) {
        return new Problem(ROWS, 0, "", question.what() + ": " + reason).message();
    }

    /// What the database or the network said, not what the pool made of it.
    private String reason(SQLException failure) {
        var root = failure;
        while (root.getCause() instanceof SQLException cause) {
            root = cause;
        }
        var message = String.valueOf(root.getMessage()).strip().replaceAll("\\s+", " ");
        return settings.password().map(Secret::reveal).map(word -> message.replace(word, "***")).orElse(message);
    }
}
