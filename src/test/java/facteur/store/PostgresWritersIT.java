package facteur.store;

import facteur.fixture.PostgresExtension;
import facteur.office.OfficeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a real PostgreSQL, where writers write at the same time.
final class PostgresWritersIT {
    private static final int TRIES = 60;

    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Test
    void anyChangesLeaveAHistoryThatReplays() throws Exception {
        try (var database = POSTGRES.settings().open()) {
            var samples = WritersArbitraries.writers().sampleStream().iterator();
            for (var i = 0; i < TRIES; i++) {
                var steps = samples.next();
                var writers = new Writers(database, new OfficeId("o" + i));
                try {
                    writers.assertHistoryReplays(writers.run(steps));
                } catch (AssertionError failure) {
                    throw new AssertionError("by " + steps, failure);
                }
            }
        }
    }
}
