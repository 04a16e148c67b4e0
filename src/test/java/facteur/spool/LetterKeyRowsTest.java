package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterKeyRowsTest {
    @TempDir
    private Path state;

    /// However many are asked for together.
    @Test
    void findsThoseThatAreThere() throws SQLException {
        try (var database = MigratedDatabase.open(state)) {
            var _ = database.inTransaction(statements -> {
                for (var hash : Set.of(-3L, 0L, 7L, Long.MAX_VALUE)) {
                    LetterKeyRows.insert(statements, List.of(hash, "digest", "content", "id", 0L));
                }
                return true;
            });
            for (var number = 0; number <= 20; number++) {
                var asked = LongStream.range(-5, -5L + number).boxed().toList();
                var expected = new HashSet<>(Set.of(-3L, 0L, 7L));
                expected.retainAll(asked);
                Set<Long> found = database.readingAlone(statements -> LetterKeyRows.among(statements, asked));
                assertThat(found).as("%d of them", number).isEqualTo(expected);
            }
        }
    }
}
