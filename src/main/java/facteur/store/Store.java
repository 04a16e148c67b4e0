package facteur.store;

import facteur.platform.database.Database;
import facteur.settings.OfficeReader;
import java.time.InstantSource;
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

    /// @param reader judges settings, as the configuration in force wants it
    public Store(Database database, Supplier<OfficeReader> reader, InstantSource time) {
        writer = new StoreWriter(database, time);
        settings = new SettingsStore(writer, reader);
        history = new SettingsHistory(writer, settings);
        cards = new CardStore(writer);
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

    /// Called after each commit of this process, before the writer gets its answer.
    public void onChange(Consumer<StoreChange> listener) {
        writer.onChange(listener);
    }
}
