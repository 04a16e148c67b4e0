package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.DataSize;
import facteur.platform.config.Problems;
import facteur.platform.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpSettingsTest {
    private final Problems problems = new Problems();

    @Test
    void hasDefaults() {
        assertThat(read("{ url: https://settings.example/api/ }"))
                .isEqualTo(new HttpSettings(
                        URI.create("https://settings.example/api"),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        DataSize.ofMegabytes(1)));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void readsEveryKey() {
        assertThat(read("{ url: 'http://[::1]:8080', token: abc.DEF==, timeout: 300ms, connect-timeout: 1s, response-size: 64KB }"))
                .isEqualTo(new HttpSettings(
                        URI.create("http://[::1]:8080"),
                        Optional.of(Secret.of("abc.DEF==")),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        DataSize.ofKilobytes(64)));
        assertThat(problems.list()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void warnsOfATokenInClear() {
        read("{ url: http://settings.example, token: hush }");
        assertThat(problems.warnings()).singleElement().asString().contains("url: the token goes over the network in clear");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                 | url: is missing
            { url: settings.example }                          | url: must be http:// or https://
            { url: ftp://settings.example }                    | url: must be http:// or https://
            { url: file:///etc/passwd }                        | url: must be http:// or https://
            { url: 'https:///x' }                              | url: must be http:// or https://
            { url: 'https://h:99999' }                         | url: must be http:// or https://
            { url: 'https://h h' }                             | url: is not a URL
            { url: 'https://me:hush@settings.example' }        | url: must not name a user
            { url: 'https://settings.example?a=hush' }         | url: must not have a query
            { url: 'https://settings.example/#hush' }          | url: must not have a fragment
            { url: https://h, token: "hush\\r\\nX: y" }        | token: is made of
            { url: https://h, token: hush hush }               | token: is made of
            { url: https://h, timeout: 0s }                    | timeout: must be from 1ms to 5m
            { url: https://h, timeout: 6m }                    | timeout: must be from 1ms to 5m
            { url: https://h, connect-timeout: 0s }            | connect-timeout: must be from 1ms to 5m
            { url: https://h, response-size: 0B }              | response-size: must be from 1B to 64MB
            { url: https://h, response-size: 1GB }             | response-size: must be from 1B to 64MB
            { url: https://h, tokens: x }                      | tokens: unknown key
            """)
    void saysWhatIsWrong(String yaml, String problem) {
        read(yaml);
        assertThat(problems.list()).singleElement().asString().contains(problem).doesNotContain("hush");
    }

    private HttpSettings read(String yaml) {
        var section = ConfigFile.parse(yaml, Path.of("http.yaml"), problems);
        var settings = HttpSettings.from(section);
        section.close();
        return settings;
    }
}
