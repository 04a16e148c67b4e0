package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What drivers make of their databases' types; PostgreSQL's own in [SqlSourceAnswersIT].
final class SqlRowsTest {
    @Test
    void aBitIsATruthValueWhateverTheDriverCallsIt() throws SQLException {
        // MariaDB Connector/J: bit(1). Connector/J and SQL Server's: tinyint(1), bit.
        assertThat(value(Types.BIT, true, "b'1'")).isEqualTo("true");
        assertThat(value(Types.BIT, false, "0")).isEqualTo("false");
        assertThat(value(Types.BOOLEAN, true, "TRUE")).isEqualTo("true");
    }

    @Test
    void wideBitsAndNumbersAreLeftAsTheyAre() throws SQLException {
        assertThat(value(Types.BIT, new byte[] {1}, "01")).isEqualTo("01");
        assertThat(value(Types.NUMERIC, 1, "1")).isEqualTo("1");
        // SQLite has numbers in columns that are declared boolean.
        assertThat(value(Types.BOOLEAN, 0, "0")).isEqualTo("0");
    }

    @Test
    void nullBlankAndPaddingAreNotPartOfAValue() throws SQLException {
        assertThat(value(Types.BOOLEAN, null, null)).isNull();
        assertThat(value(Types.CHAR, " ", " ")).isNull();
        assertThat(value(Types.CHAR, "Y  ", "Y  ")).isEqualTo("Y");
    }

    private static @Nullable String value(int type, @Nullable Object object, @Nullable String text) throws SQLException {
        var metadata = proxy(ResultSetMetaData.class, Map.of("getColumnCount", 1, "getColumnLabel", "Sandbox", "getColumnType", type));
        var isFirst = new boolean[] {true};
        var results = (ResultSet) Proxy.newProxyInstance(SqlRowsTest.class.getClassLoader(), new Class<?>[] {ResultSet.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getMetaData" -> metadata;
                    case "next" -> {
                        var had = isFirst[0];
                        isFirst[0] = false;
                        yield had;
                    }
                    case "getObject" -> object;
                    case "getString" -> text;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return SqlRows.read(results).rows().getFirst().get("sandbox");
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(SqlRowsTest.class.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.get(method.getName())));
    }
}
