package facteur.access;

import facteur.fixture.PostgresExtension;
import facteur.platform.database.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresAccessIT {
    @RegisterExtension
    private static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Nested
    final class OfPersons extends PersonsContract {
        @Override
        Database openDatabase() throws SQLException {
            return POSTGRES.settings().open();
        }
    }

    @Nested
    final class OfSessions extends SessionsContract {
        @Override
        Database openDatabase() throws SQLException {
            return POSTGRES.settings().open();
        }
    }

    @Nested
    final class OfSecondSteps extends SecondStepsContract {
        @Override
        Database openDatabase() throws SQLException {
            return POSTGRES.settings().open();
        }
    }

    @Nested
    final class OfTickets extends TicketsContract {
        @Override
        Database openDatabase() throws SQLException {
            return POSTGRES.settings().open();
        }
    }
}
