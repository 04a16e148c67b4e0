package facteur.store;

import facteur.office.Roles;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.Database;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// All of the store that API, console and commands need: made once in a process.
///
/// Thread-safe.
public final class Store {
    private final StoreWriter writer;
    private final SettingsStore settings;
    private final SettingsHistory history;
    private final CardStore cards;
    private final CardImport imports;
    private final CardPushes pushes;
    private final SettingsFeed feed;
    private final BulkSlots slots = new BulkSlots();

    /// For a command, which knows nothing of domains.
    public Store(Database database, Supplier<OfficeReader> reader, Supplier<Roles> roles, InstantSource time) {
        this(database, reader, roles, () -> SettingsStore.UNKNOWN, time);
    }

    /// @param reader judges settings, as the configuration in force wants it
    /// @param roles that cards may name
    /// @param domains what warnings know of domains that offices want to write under
    public Store(
            Database database,
            Supplier<OfficeReader> reader,
            Supplier<Roles> roles,
            Supplier<OfficeDomains> domains,
            InstantSource time) {
        writer = new StoreWriter(database, time);
        settings = new SettingsStore(writer, reader, domains);
        history = new SettingsHistory(writer, settings);
        var rest = CardSeries.Rest.of(writer);
        cards = new CardStore(writer, roles, rest);
        imports = new CardImport(writer, roles, rest);
        pushes = new CardPushes(writer, roles, imports, rest);
        feed = new SettingsFeed(database);
    }

    public SettingsStore settings() {
        return settings;
    }

    public SettingsHistory history() {
        return history;
    }

    public CardStore cards() {
        return cards;
    }

    public CardImport imports() {
        return imports;
    }

    public CardPushes pushes() {
        return pushes;
    }

    /// To be taken before many cards are worked on: by API and console alike.
    public BulkSlots slots() {
        return slots;
    }

    /// To be called as a daemon starts: what one before it left unfinished keeps no request out.
    public void recover() throws SQLException {
        CardLease.releaseDead(writer);
    }

    /// Follows what any process changes, once it is run again and again. Each cache has its own.
    public FeedWatch watch(FeedWatch.Cache cache) {
        return new FeedWatch(feed, cache);
    }

    /// @param keep how long a version is kept; asked for at each run
    /// @param trust while there is none, nothing is forgotten
    public StoreCleaner cleaner(Supplier<Duration> keep, ClockTrust trust) {
        return new StoreCleaner(writer, feed, keep, trust, Pieces.of(writer));
    }

    /// Saves are refused with a [NoRoomException] while there is none: settings must not take the room of letters.
    ///
    /// @param hasRoom asked before each save, and each piece of many cards
    public void whileThereIs(BooleanSupplier hasRoom) {
        writer.whileThereIs(hasRoom);
    }

    /// To be asked before a file of many cards is put aside.
    ///
    /// @throws NoRoomException when there is none
    public void requireRoom() throws NoRoomException {
        writer.requireRoom();
    }

    /// Called with each version that this process has written.
    public void onSaved(Consumer<Saved> journal) {
        writer.onSaved(journal);
    }

    /// Called after each commit of this process, before the writer gets its answer.
    public void onChange(Consumer<StoreChange> listener) {
        writer.onChange(listener);
    }
}
