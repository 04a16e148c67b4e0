package facteur.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresSettingsTest {
    private final Problems problems = new Problems();

    private DatabaseSettings read(String yaml) {
        return DatabaseSettings.from(ConfigFile.parse(yaml, Path.of("spool"), problems), Path.of("var"));
    }

    @Test
    void meansTheStateFolderWithoutAUrl() {
        assertThat(read("url: \"\"\n")).isEqualTo(new DatabaseSettings.InState(Path.of("var")));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void hidesThePassword() {
        var settings = read("url: jdbc:postgresql://db.example/facteur\nuser: facteur\npassword: hush\n");
        assertThat(settings.toString()).contains("db.example", "***").doesNotContain("hush");
        assertThat(((DatabaseSettings.OnServer) settings).settings().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url: jdbc:mysql://db/x", "url: db.example", "url: jdbc:postgresql://db/x?user=u&password=p",
        "connections: 2", "timeout: 0s"})
    void refusesWhatCannotWork(String yaml) {
        read(yaml + "\n");
        assertThat(problems.list()).hasSize(1);
    }

    /// Lost or refused connections, servers that go or come, standbys: wait. Full disks: wait for room. Damage: stop.
    @ParameterizedTest
    @CsvSource({"08006,UNAVAILABLE", "08001,UNAVAILABLE", "57P01,UNAVAILABLE", "57P03,UNAVAILABLE", "53300,UNAVAILABLE", "25006,UNAVAILABLE",
        "53100,FULL",
        "XX001,BROKEN", "23505,OTHER", "55P03,OTHER", "40P01,OTHER", ",OTHER"})
    void tellsTroubleByItsState(String state, Fault fault) {
        assertThat(Dialect.POSTGRESQL.fault(new SQLException("no", state))).isEqualTo(fault);
    }

    @Test
    void waitsWhenThePoolHasNoConnection() {
        assertThat(Dialect.POSTGRESQL.fault(new SQLTransientConnectionException("timed out"))).isEqualTo(Fault.UNAVAILABLE);
    }
}
