package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.config.Problem;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import facteur.platform.json.JsonValue;
import facteur.platform.json.MergePatch;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The settings of offices, to be read and changed. Nothing that has a problem can be saved, by whichever door.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class SettingsStore {
    private static final String SUMMARY =
            """
            select id, version, settings_at, settings, cards_kept_by, changed_at,
                   (select count(*) from card where card.office = office.id) as cards
            from office""";
    private static final String LIST = SUMMARY + " where id > ? order by id limit ?";
    private static final String ONE = SUMMARY + " where id = ?";
    private static final String TEXTS = "select id, settings from office where id > ? order by id limit ?";

    /// How many are looked through at once.
    private static final int STRETCH = 500;

    /// No keys are missed, and nothing is said of any domain.
    static final OfficeDomains UNKNOWN = _ -> true;

    /// Settings are judged without a lock, so that no letter waits for it; and with one when others were faster that often.
    private static final int MOST_ATTEMPTS = 3;

    /// What shall become of an office.
    @FunctionalInterface
    interface Wish {
        /// @param before [OfficeRow#none] when there never was one
        /// @return empty when there is nothing that it could be made of
        Optional<JsonValue> settings(OfficeRow before) throws SQLException;
    }

    private final StoreWriter writer;
    private final Supplier<OfficeReader> reader;
    private final Supplier<OfficeDomains> domains;

    /// @param reader judges settings, as the configuration in force wants it
    public SettingsStore(Database database, Supplier<OfficeReader> reader, InstantSource time) {
        this(new StoreWriter(database, time), reader, () -> UNKNOWN);
    }

    /// @param domains what warnings know of domains that offices want to write under
    SettingsStore(StoreWriter writer, Supplier<OfficeReader> reader, Supplier<OfficeDomains> domains) {
        this.writer = writer;
        this.reader = reader;
        this.domains = domains;
    }

    /// In the order of their ids, removed ones among them.
    ///
    /// @param after the last one of the page before
    public List<OfficeSummary> offices(Optional<OfficeId> after, int limit) throws SQLException {
        return writer.database().reading(statements -> statements.list(LIST, SettingsStore::summary, after.map(OfficeId::text).orElse(""), limit));
    }

    private record Texts(String id, String settings) {
        boolean has(String lower) {
            return id.contains(lower) || settings.toLowerCase(Locale.ROOT).contains(lower);
        }
    }

    /// The same, of those that have a text in their id, or in their settings: a name, an address. They are compared here, since SQLite
    /// knows the case of ASCII letters alone.
    ///
    /// @param text in any case
    public List<OfficeSummary> offices(String text, Optional<OfficeId> after, int limit) throws SQLException {
        if (text.isEmpty()) {
            return offices(after, limit);
        }
        var wanted = text.toLowerCase(Locale.ROOT);
        var found = new ArrayList<OfficeSummary>();
        var from = after.map(OfficeId::text).orElse("");
        while (true) {
            var place = from;
            var stretch = writer.database()
                    .reading(statements -> statements.list(TEXTS, row -> new Texts(row.getString(1), row.getString(2)), place, STRETCH));
            for (var office : stretch) {
                if (office.has(wanted)) {
                    found.addAll(writer.database().reading(statements -> statements.list(ONE, SettingsStore::summary, office.id())));
                    if (found.size() == limit) {
                        return found;
                    }
                }
            }
            if (stretch.size() < STRETCH) {
                return found;
            }
            from = stretch.getLast().id();
        }
    }

    private static OfficeSummary summary(ResultSet row) throws SQLException {
        var office = OfficeRow.of(row);
        return new OfficeSummary(
                office.id(),
                office.version(),
                office.settingsAt(),
                row.getLong("cards"),
                office.cardsKeptBy(),
                office.changedAt(),
                office.isRemoved());
    }

    /// Empty when there is none, or it was removed.
    public Optional<StoredOffice> office(OfficeId office) throws SQLException {
        var row = writer.database().reading(statements -> OfficeRow.read(statements, office)).filter(found -> !found.isRemoved());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var found = row.get();
        return Optional.of(new StoredOffice(
                office,
                found.version(),
                found.settingsAt(),
                SettingsText.read(found.settings(), office),
                found.cardsKeptBy(),
                found.changedAt()));
    }

    /// Replaces the settings; makes the office when there is none, or brings it back.
    public ChangeResult put(OfficeId office, JsonValue settings, Precondition precondition, Author author) throws SQLException {
        return change(office, _ -> Optional.of(settings), precondition, author, 0);
    }

    /// Changes what the patch names (RFC 7396), in one step.
    public ChangeResult patch(OfficeId office, JsonValue mergePatch, Precondition precondition, Author author) throws SQLException {
        return change(office, before -> before.isRemoved()
                ? Optional.empty()
                : Optional.of(MergePatch.apply(SettingsText.read(before.settings(), office), mergePatch)), precondition, author, 0);
    }

    /// Removes the office: its letters are refused. Its history and its cards stay, and [#put] brings it back.
    public ChangeResult remove(OfficeId office, Precondition precondition, Author author) throws SQLException {
        return writer.write(transaction -> {
            var before = locked(transaction, office);
            if (before.isRemoved()) {
                return new ChangeResult.Missing();
            }
            var stale = stale(transaction.statements(), before, precondition);
            if (stale.isPresent()) {
                return stale.get();
            }
            OwnAddresses.remove(transaction.statements(), office);
            return saved(transaction, before, ChangeRows.NO_SETTINGS, author, 0, List.of());
        });
    }

    /// What [#put] would say. Changes nothing.
    public Checked check(OfficeId office, JsonValue settings) throws SQLException {
        var judged = writer.database().reading(statements -> judge(statements, office, settings));
        return new Checked(judged.problems(), judged.warnings());
    }

    /// Called after each commit of this process, before the writer gets its answer.
    public void onChange(Consumer<StoreChange> listener) {
        writer.onChange(listener);
    }

    private OfficeRow locked(StoreTransaction transaction, OfficeId office) throws SQLException {
        return OfficeRow.lock(transaction, writer.database().dialect().lock(), office).orElseGet(() -> OfficeRow.none(office));
    }

    private Judgement judge(Statements statements, OfficeId office, JsonValue settings) throws SQLException {
        return Judgement.of(statements, reader.get(), domains.get(), office, settings);
    }

    /// What is made of an office as it was read, to be written if it still is like that.
    private record Draft(OfficeRow before, Optional<ChangeResult> refusal, Optional<Judgement> judged) {
        boolean isOf(OfficeRow now) {
            return before.settingsAt() == now.settingsAt();
        }
    }

    /// @param undoes the first version whose change it takes back; 0 when none
    ChangeResult change(OfficeId office, Wish wish, Precondition precondition, Author author, long undoes) throws SQLException {
        writer.requireRoom();
        for (var attempt = 1;; attempt++) {
            var isLast = attempt >= MOST_ATTEMPTS;
            var draft = writer.database().reading(statements -> draft(
                    statements, OfficeRow.read(statements, office).orElseGet(() -> OfficeRow.none(office)), wish, precondition));
            var result = writer.<Optional<ChangeResult>>write(transaction -> {
                var now = locked(transaction, office);
                if (draft.isOf(now)) {
                    return write(transaction, draft, now, author, undoes);
                }
                return isLast ? write(transaction, draft(transaction.statements(), now, wish, precondition), now, author, undoes) : Optional.empty();
            });
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    private Draft draft(Statements statements, OfficeRow before, Wish wish, Precondition precondition) throws SQLException {
        var refusal = stale(statements, before, precondition);
        if (refusal.isPresent()) {
            return new Draft(before, refusal, Optional.empty());
        }
        var wanted = wish.settings(before);
        if (wanted.isEmpty()) {
            return new Draft(before, Optional.of(new ChangeResult.Missing()), Optional.empty());
        }
        var judged = judge(statements, before.id(), wanted.get());
        return judged.isGood()
                ? new Draft(before, Optional.empty(), Optional.of(judged))
                : new Draft(before, Optional.of(new ChangeResult.Invalid(judged.problems())), Optional.empty());
    }

    /// @return empty when another transaction has just made the office: then it is not what the draft was made of
    private Optional<ChangeResult> write(StoreTransaction transaction, Draft draft, OfficeRow now, Author author, long undoes)
            throws SQLException {
        if (draft.judged().isEmpty()) {
            return draft.refusal();
        }
        var judged = draft.judged().get();
        if (judged.text().equals(now.settings())) {
            return Optional.of(new ChangeResult.Unchanged(now.settingsAt(), judged.warnings()));
        }
        if (now.version() == 0 && !now.insert(transaction.statements())) {
            return Optional.empty();
        }
        OwnAddresses.replace(transaction.statements(), judged.settings());
        return Optional.of(saved(transaction, now, judged.text(), author, undoes, judged.warnings()));
    }

    private static ChangeResult saved(
            StoreTransaction transaction,
            OfficeRow before,
            String text,
            Author author,
            long undoes,
            List<Problem> warnings) throws SQLException {
        var number = before.version() + 1;
        var after = before.withSettings(number, text, transaction.now());
        after.update(transaction.statements());
        var kind = after.isRemoved() ? ChangeKind.REMOVED : ChangeKind.SETTINGS;
        ChangeRows.insert(
                transaction,
                before.id(),
                new Version(number, transaction.now(), kind, author, undoes, 0),
                new ChangeRows.Texts(before.settings(), text));
        transaction.changed(StoreChange.ofSettings(before.id()));
        return new ChangeResult.Changed(number, warnings);
    }

    private static Optional<ChangeResult> stale(Statements statements, OfficeRow before, Precondition precondition) throws SQLException {
        var isMet = switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Absent() -> before.isRemoved();
            case Precondition.AtVersion(var number) -> before.settingsAt() == number && number > 0;
        };
        if (isMet) {
            return Optional.empty();
        }
        if (before.version() == 0) {
            return Optional.of(new ChangeResult.Missing());
        }
        var written = ChangeRows.one(statements, before.id(), before.settingsAt());
        return Optional.of(new ChangeResult.Stale(
                before.settingsAt(),
                written.map(version -> version.author().shown()).orElse(""),
                written.map(Version::at).orElse(before.changedAt())));
    }
}
