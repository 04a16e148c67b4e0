package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// On SQLite.
final class DomainDeskTest extends DomainDeskContract {
    @Override
    Database openDatabase() throws SQLException {
        return MigratedDatabase.open(state);
    }

    @Test
    void writesLongTextsInStrings() {
        var record = new DnsRecord("s._domainkey.dupont.example", "a\"\\" + "x".repeat(300), new DnsRecord.Purpose.Key(), "");
        assertThat(record.strings()).extracting(String::length).containsExactly(255, 48);
        assertThat(record.zoneLine())
                .isEqualTo("s._domainkey.dupont.example. 3600 IN TXT \"a\\\"\\\\" + "x".repeat(252) + "\" \"" + "x".repeat(48) + "\"");
    }
}
