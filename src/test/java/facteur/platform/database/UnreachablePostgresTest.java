package facteur.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnreachablePostgresTest {
    private static boolean isAway(String state) {
        return UnreachablePostgres.isSaidBy(new SQLException("no connection", new IllegalStateException(new SQLException("said", state))));
    }

    /// Refused, no route, unknown host, cut; stopping, crashed, starting, idle for too long; crowded.
    @ParameterizedTest
    @ValueSource(strings = {"08000", "08001", "08003", "08004", "08006", "57P01", "57P02", "57P03", "57P05", "53300"})
    void passesByItself(String state) {
        assertThat(isAway(state)).isTrue();
    }

    /// No such user, wrong password, no such database, no such schema, not allowed, dropped, no such table.
    @ParameterizedTest
    @ValueSource(strings = {"28000", "28P01", "3D000", "3F000", "42501", "57P04", "42P01", "XX000"})
    void waitsForSomebody(String state) {
        assertThat(isAway(state)).isFalse();
    }

    @Test
    void aPoolThatGotNoAnswerInTimeSaysNoMore() {
        assertThat(UnreachablePostgres.isSaidBy(new SQLTransientConnectionException("timed out"))).isTrue();
        assertThat(UnreachablePostgres.isSaidBy(new SQLException("a newer version"))).isFalse();
    }

    /// The pool has no connection to give, because of the password.
    @Test
    void whatTheServerSaidCounts() {
        assertThat(UnreachablePostgres.isSaidBy(new SQLTransientConnectionException("no connection", new SQLException("password", "28P01"))))
                .isFalse();
    }
}
