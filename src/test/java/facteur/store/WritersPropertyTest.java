package facteur.store;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.fixture.MigratedDatabase;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// On SQLite.
final class WritersPropertyTest {
    private static final AtomicInteger OFFICES = new AtomicInteger();
    private static Path folder = Path.of("");
    private static @Nullable Database database;

    @BeforeContainer
    static void open() throws SQLException, IOException {
        folder = MemoryFolders.create("facteur-writers-");
        database = MigratedDatabase.open(folder);
    }

    @AfterContainer
    static void close() throws IOException {
        database().close();
        Folders.delete(folder);
    }

    private static Database database() {
        return Objects.requireNonNull(database);
    }

    @Provide
    Arbitrary<List<List<Writers.Step>>> writers() {
        return WritersArbitraries.writers();
    }

    @Property(tries = 150)
    void anyChangesLeaveAHistoryThatReplays(@ForAll("writers") List<List<Writers.Step>> steps)
            throws SQLException, InterruptedException, ExecutionException {
        var writers = new Writers(database(), new OfficeId("o" + OFFICES.incrementAndGet()));
        writers.assertHistoryReplays(writers.run(steps));
    }
}
