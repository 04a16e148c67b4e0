package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonPatch;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Several writers at once on one office, each with its own list of changes; and what must be true of the office afterwards.
record Writers(Database database, OfficeId office) {
    private static final Author AUTHOR = new Author(Via.API, "suite", "", "", "");

    /// What a writer does. Numbers are of versions: some of them exist by then.
    sealed interface Step {}

    record Put(JsonValue settings) implements Step {}

    record PutAt(JsonValue settings, long version) implements Step {}

    record Create(JsonValue settings) implements Step {}

    record Patch(JsonValue patch) implements Step {}

    record Remove() implements Step {}

    record Restore(long version) implements Step {}

    record Undo(long version) implements Step {}

    /// Each writer has a store of its own, as on a node of its own.
    ///
    /// @return how many versions they made
    long run(List<List<Step>> writers) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = new ArrayList<Callable<Long>>();
            writers.forEach(steps -> made.add(() -> {
                var store = store();
                var count = 0L;
                for (var step : steps) {
                    count += changed(store, step) ? 1 : 0;
                }
                return count;
            }));
            var sum = 0L;
            for (var each : threads.invokeAll(made)) {
                sum += each.get();
            }
            return sum;
        }
    }

    private Store store() {
        return new Store(database, () -> new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT), () -> Roles.DEFAULT,
                InstantSource.system());
    }

    private boolean changed(Store store, Step step) throws SQLException {
        var settings = store.settings();
        var none = new Precondition.None();
        return switch (step) {
            case Put(var wanted) -> settings.put(office, wanted, none, AUTHOR) instanceof ChangeResult.Changed;
            case PutAt(var wanted, var version) -> switch (settings.put(office, wanted, new Precondition.AtVersion(version), AUTHOR)) {
                case ChangeResult.Changed(var number, _) -> {
                    assertThat(number).as("no update is lost").isEqualTo(version + 1);
                    yield true;
                }
                case ChangeResult.Unchanged _,
                        ChangeResult.Invalid _,
                        ChangeResult.Stale _,
                        ChangeResult.Missing _,
                        ChangeResult.Conflict _ ->
                    false;
            };
            case Create(var wanted) -> settings.put(office, wanted, new Precondition.Absent(), AUTHOR) instanceof ChangeResult.Changed;
            case Patch(var patch) -> settings.patch(office, patch, none, AUTHOR) instanceof ChangeResult.Changed;
            case Remove() -> settings.remove(office, none, AUTHOR) instanceof ChangeResult.Changed;
            case Restore(var version) -> store.history().restore(office, version, AUTHOR) instanceof ChangeResult.Changed;
            case Undo(var version) -> store.history().undo(office, version, AUTHOR) instanceof UndoResult.Undone;
        };
    }

    /// Numbers without a gap; each version begins where the one before ended, and ends elsewhere; the last one ended at what is
    /// there; and letters can use that.
    ///
    /// @param made how many versions were made
    void assertHistoryReplays(long made) throws SQLException {
        var store = store();
        var numbers = store.history().versions(office, OptionalLong.empty(), Integer.MAX_VALUE).stream().map(Version::number).toList().reversed();
        assertThat(numbers).hasSize((int) made);
        Optional<JsonValue> state = Optional.empty();
        for (var i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
            var version = store.history().version(office, i + 1).orElseThrow();
            assertThat(version.before()).as("before version %d", i + 1).isEqualTo(state);
            assertThat(version.after()).as("version %d changes something", i + 1).isNotEqualTo(state);
            var difference = JsonPatch.between(state.orElse(JsonValue.NULL), version.after().orElse(JsonValue.NULL));
            if (i > 0) {
                assertThat(store.history().diff(office, i, i + 1)).hasValue(difference);
            }
            state = version.after();
        }
        assertThat(store.settings().office(office).map(StoredOffice::settings)).isEqualTo(state);
        var source = new StoreSource(database, Address.of("inbox@relay.example"), Roles.DEFAULT, InstantSource.system());
        assertThat(source.office(office)).isInstanceOf(state.isPresent() ? Lookup.Found.class : Lookup.Missing.class);
    }
}
