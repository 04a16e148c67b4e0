package facteur.cli;

import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.platform.disk.PrivateFolder;
import facteur.relay.Config;
import facteur.settings.OfficeReader;
import facteur.settings.SourceSettings;
import facteur.store.Author;
import facteur.store.CardFilter;
import facteur.store.CardImport;
import facteur.store.CardsResult;
import facteur.store.Store;
import facteur.store.StoredCard;
import facteur.store.StoredOffice;
import facteur.store.Via;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The settings in the database while a verb uses them, beside a daemon or without one. What the verb changes is recorded. For
/// one thread.
final class OpenStore implements AutoCloseable {
    private static final int PAGE = 1000;

    private final OpenDatabase database;
    private final Config config;
    private final Invocation invocation;
    private final Store store;

    OpenStore(OpenDatabase database, Config config, Invocation invocation) {
        this.database = database;
        this.config = config;
        this.invocation = invocation;
        store = new Store(
                database.database(),
                () -> new OfficeReader(config.sharedAddress(), config.rules().roles()),
                () -> config.rules().roles(),
                invocation.time());
        store.onChange(_ -> database.recorder().changed());
    }

    Store store() {
        return store;
    }

    Config config() {
        return config;
    }

    Author author(String note) {
        return new Author(Via.COMMAND, invocation.user(), "", "", note);
    }

    /// @throws CommandException when there is none
    StoredOffice office(OfficeId id) throws CommandException, SQLException {
        return store.settings().office(id).orElseThrow(() -> noOffice(id));
    }

    static CommandException noOffice(OfficeId id) {
        return CommandException.of(ExitCode.DATA, "no such office in the database: " + id + "; facteur settings list shows all");
    }

    /// The ids of all that are not removed, in their order.
    List<OfficeId> offices() throws SQLException {
        var ids = new ArrayList<OfficeId>();
        Optional<OfficeId> after = Optional.empty();
        for (var page = store.settings().offices(after, PAGE); !page.isEmpty(); page = store.settings().offices(after, PAGE)) {
            page.stream().filter(office -> !office.isRemoved()).forEach(office -> ids.add(office.id()));
            after = Optional.of(page.getLast().id());
        }
        return ids;
    }

    /// The cards of an office, by their ids, in the order of exports: of code units, not of the database's collation.
    SequencedMap<RelationId, RelationCard> cards(OfficeId office) throws SQLException {
        var cards = new TreeMap<RelationId, RelationCard>(Comparator.comparing(RelationId::text));
        Optional<RelationId> after = Optional.empty();
        for (var page = page(office, after); !page.isEmpty(); page = page(office, after)) {
            page.forEach(card -> cards.put(card.relation(), new RelationCard(card.people(), card.name())));
            after = Optional.of(page.getLast().relation());
        }
        return cards;
    }

    private List<StoredCard> page(OfficeId office, Optional<RelationId> after) throws SQLException {
        return store.cards().cards(office, CardFilter.ALL, after, PAGE);
    }

    /// Writes what an import changes in cards: as one version, unless there are more than one body may have.
    ///
    /// @throws IOException when the lines can't be put into a file
    CardsResult importCards(OfficeId office, ImportedCards cards, Author author) throws SQLException, IOException {
        var body = Files.createTempFile("facteur-", ".ndjson", PrivateFolder.FILE_MODE);
        try {
            var options = new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.REPLACE, CardImport.OnError.REFUSE);
            var lines = cards.lines(config.rules().roles());
            for (var start = 0;; start += CardImport.LINES) {
                Files.write(body, lines.subList(start, Math.min(lines.size(), start + CardImport.LINES)));
                var result = store.imports().run(office, body, options, author);
                if (!(result instanceof CardsResult.Written) || start + CardImport.LINES >= lines.size()) {
                    return result;
                }
            }
        } finally {
            Files.delete(body);
        }
    }

    static CommandException noVersion(OfficeId office, long number) {
        return CommandException.of(
                ExitCode.DATA, "no version " + number + " of " + office + " is kept; facteur settings history " + office + " shows those that are");
    }

    /// To be said by verbs that change something.
    void warnUnlessInForce() {
        source(config.rules().settings()).ifPresent(source -> invocation.err().println(
                "warning: settings.source is " + source + ": letters are not decided by the settings in the database until it is store"));
    }

    /// Another source than the database; empty when it is that.
    private static Optional<String> source(SourceSettings settings) {
        return switch (settings) {
            case SourceSettings.InFiles _ -> Optional.of("files");
            case SourceSettings.InDatabase _ -> Optional.of("sql");
            case SourceSettings.InService _ -> Optional.of("http");
            case SourceSettings.InStore _ -> Optional.empty();
        };
    }

    @Override
    public void close() {
        database.close();
    }
}
