package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlSettingsTest {
    private final Problems problems = new Problems();

    @Test
    void hasDefaults() {
        var settings = read("{url: 'jdbc:postgresql://db.example/erp', office: 'select :office'}");
        assertThat(problems.list()).isEmpty();
        assertThat(settings.user()).isEmpty();
        assertThat(settings.password()).isEmpty();
        assertThat(settings.relation()).isEmpty();
        assertThat(settings.connections()).isEqualTo(4);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsEveryKey() {
        var settings = read("""
                url: jdbc:postgresql://db.example/erp?sslmode=verify-full
                user: relay
                password: open sesame
                office: select naam as "company.name" from t_kantoor where code = :office
                relation: |
                  select rol as role, mail as mailbox   -- the client's people
                  from t_dossier where kantoor = :office and nummer = :relation;
                connections: 9
                timeout: 2s
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(settings.user()).contains("relay");
        assertThat(settings.password()).contains(Secret.of("open sesame"));
        assertThat(settings.relation().orElseThrow().parameters()).isEqualTo(List.of("office", "relation"));
        assertThat(settings.connections()).isEqualTo(9);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.toString()).doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {office: 'select :office'}                                                             | url: is missing
            {url: 'jdbc:postgresql:erp'}                                                           | office: is missing
            {url: 'http://db', office: 'select :office'}                                           | url: must begin with jdbc:
            {url: 'jdbc:absent:erp', office: 'select :office'}                                     | url: no JDBC driver
            {url: 'jdbc:postgresql:erp?user=a&Password=sesame', office: 'select :office'}          | url: a password in the URL
            {url: 'jdbc:postgresql:erp', office: 'select 1'}                                       | office: must use the parameter :office
            {url: 'jdbc:postgresql:erp', office: 'select :office', relation: 'select :office'}     | relation: must use the parameter :relation
            {url: 'jdbc:postgresql:erp', office: 'select :office', relation: 'select :relation'}   | relation: must use the parameter :office
            {url: 'jdbc:postgresql:erp', office: 'select :office', relation: 'select :client'}     | relation: unknown parameter :client
            {url: 'jdbc:postgresql:erp', office: 'select :office', connections: 0}                 | connections: must be from 1 to 100
            {url: 'jdbc:postgresql:erp', office: 'select :office', timeout: 0s}                    | timeout: must be from 1s to 1m
            {url: 'jdbc:postgresql:erp', office: 'select :office', timeout: 1h}                    | timeout: must be from 1s to 1m
            {url: 'jdbc:postgresql:erp', office: 'select :office', pasword: sesame}                | pasword: unknown key; did you mean 'password'
            """)
    void saysWhatIsWrong(String yaml, String problem) {
        read(yaml);
        assertThat(problems.list()).singleElement().asString().contains(problem).doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            jdbc:postgresql://db.example:5432/erp,                    jdbc:postgresql://db.example:5432/erp
            jdbc:postgresql://db.example/erp?sslcert=a&user=b,        jdbc:postgresql://db.example/erp
            jdbc:mysql://root:sesame@db.example/erp,                  jdbc:mysql:…@db.example/erp
            jdbc:oracle:thin:scott/sesame@//db.example:1521/erp,      jdbc:oracle:…@//db.example:1521/erp
            jdbc:sqlserver://db.example;databaseName=erp;x=sesame,    jdbc:sqlserver://db.example
            """)
    void itsNameTellsNothingConfidential(String url, String name) {
        var settings = read("{url: 'jdbc:postgresql:erp', office: 'select :office'}");
        assertThat(new SqlSettings(
                url,
                settings.user(),
                settings.password(),
                settings.office(),
                settings.relation(),
                settings.connections(),
                settings.timeout())
                .name())
                .isEqualTo(name);
    }

    private SqlSettings read(String yaml) {
        var section = ConfigFile.parse(yaml, Path.of("facteur.yaml"), problems);
        var settings = SqlSettings.from(section);
        section.close();
        return settings;
    }
}
