package facteur.store;

import facteur.fixture.MemoryFolders;
import facteur.platform.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// [CardModelRun] on SQLite: one file for all tries, emptied between them.
final class CardModelPropertyTest {
    private static @Nullable Path folder;
    private static @Nullable Database database;

    @BeforeContainer
    static void open() throws IOException, SQLException {
        folder = MemoryFolders.create("cards");
        database = Database.open(folder);
    }

    @AfterContainer
    static void delete() throws IOException {
        Objects.requireNonNull(database).close();
        try (var files = Files.walk(Objects.requireNonNull(folder))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void isAPlainMapWithAMemory(@ForAll long seed) throws SQLException, IOException {
        new CardModelRun(new CardRig(Objects.requireNonNull(database), Objects.requireNonNull(folder)), seed).run();
    }
}
