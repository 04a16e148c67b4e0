package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.web.PageSettings.SecondStep;
import facteur.web.PageSettings.SessionLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageSettingsTest {
    private static final String PROXIED = "console:\n  address: 0.0.0.0:8026\n  url: https://mail.example.org\n  proxies: 10.0.0.1\n  ";

    private Problems problems = new Problems();

    @BeforeEach
    void none() {
        problems = new Problems();
    }

    @Test
    void defaultsAreThoseOfTheDocuments() {
        assertThat(read("console: { address: 127.0.0.1:8026 }")).isEqualTo(PageSettings.byDefault(ZoneId.systemDefault()));
        assertThat(PageSettings.byDefault(ZoneId.of("Europe/Brussels"))).isEqualTo(new PageSettings(
                true,
                Language.EN,
                ZoneId.of("Europe/Brussels"),
                new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
                SecondStep.OPERATORS,
                List.of(),
                Optional.empty()));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void eachKeyIsRead() {
        assertThat(read(PROXIED + """
                pages: false
                  language: fr
                  zone: Europe/Brussels
                  session: { idle: 1h, longest: 8h }
                  second-step: everybody
                  embed: [https://Suite.example.org, "https://app.example.org:8443/", "https://app.example.net:443"]
                  help: https://help.example.org/mail?from=console
                """)).isEqualTo(new PageSettings(
                false,
                Language.FR,
                ZoneId.of("Europe/Brussels"),
                new SessionLimits(Duration.ofHours(1), Duration.ofHours(8)),
                SecondStep.EVERYBODY,
                List.of("https://suite.example.org", "https://app.example.org:8443", "https://app.example.net"),
                Optional.of(URI.create("https://help.example.org/mail?from=console"))));
        assertThat(problems.list()).isEmpty();
    }

    /// Where it stands, and what was probably meant.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pagse: true                            | pagse: unknown key; did you mean 'pages'?
            pages: yes                             | pages: 'yes' is not one of true, false
            language: de                           | language: 'de' is not one of en, fr, nl
            zone: Europe/Brussel                   | zone: 'Europe/Brussel' is no time zone, such as Europe/Brussels; did you mean 'Europe/Brussels'?
            zone: Belgium                          | zone: 'Belgium' is no time zone, such as Europe/Brussels
            session: { idel: 1h }                  | session.idel: unknown key; did you mean 'idle'?
            session: { idle: 30 }                  | session.idle: '30' is not a duration; write 250ms, 60s, 5m, 24h or 5d
            session: { idle: 0s }                  | session.idle: must be from 1m to 31d, not 0s
            session: { longest: 365d }             | session.longest: must be from 1m to 31d, not 365d
            session: { idle: 1d }                  | session.idle: must not be longer than console.session.longest
            second-step: operator                  | second-step: 'operator' is not one of none, operators, everybody; did you mean 'operators'?
            second-step: none                      | second-step: none is for loopback: an operator's password alone would open the relay to the network
            embed: http://suite.example.org        | embed: must be https:// with a host and nothing behind it, such as https://suite.example.org: http://suite.example.org
            embed: https://suite.example.org/app   | embed: must be https:// with a host and nothing behind it, such as https://suite.example.org: https://suite.example.org/app
            embed: "https://*.example.org"         | embed: must be https:// with a host and nothing behind it, such as https://suite.example.org: https://*.example.org
            embed: "https://a.example;script-src"  | embed: must be https:// with a host and nothing behind it, such as https://suite.example.org: https://a.example;script-src
            help: "javascript:alert(1)"            | help: must be https://, http:// or mailto: with what stands behind it: javascript:alert(1)
            help: /help                            | help: must be https://, http:// or mailto: with what stands behind it: /help
            """)
    void aMistakeIsNamedWhereItStands(String line, String problem) {
        read(PROXIED + line);
        assertThat(problems.list()).singleElement().asString().startsWith("test:5: console." + problem);
    }

    @Test
    void aMistakeInAListIsNamedByItsPlace() {
        read(PROXIED + "embed:\n    - https://suite.example.org\n    - suite.example.org");
        assertThat(problems.list()).singleElement().asString().startsWith("test:7: console.embed[1]: must be https://");
    }

    /// Browsers keep no cookie of a frame in clear.
    @ParameterizedTest
    @ValueSource(strings = {
        "console: { address: 127.0.0.1:8026, embed: https://suite.example.org }",
        "console: { address: 127.0.0.1:8026, url: 'http://localhost:8026', embed: https://suite.example.org }",
        "tls: { certificate: a.pem, key: a.key }\nconsole: { address: 127.0.0.1:8026, tls: implicit, embed: https://suite.example.org }"
    })
    void aFrameNeedsTls(String text) {
        read(text);
        assertThat(problems.list()).singleElement().asString().contains("console.embed: needs a console.url with https://");
    }

    /// A proxy on the same machine shows a port of loopback to the network: its url says so.
    @ParameterizedTest
    @CsvSource({
        "'{ address: 127.0.0.1:8026, second-step: none }',                               true",
        "'{ address: 127.0.0.1:8026, url: \"http://localhost:9000\", second-step: none }', true",
        "'{ address: 127.0.0.1:8026, url: https://mail.example.org, second-step: none }', false",
        "'{ address: 127.0.0.1:8026, url: https://mail.example.org }',                   true",
        "'{ second-step: none }',                                                        true"
    })
    void aPasswordAloneIsForLoopback(String section, boolean isGood) {
        read("console: " + section);
        assertThat(problems.list()).hasSize(isGood ? 0 : 1);
    }

    private PageSettings read(String yaml) {
        var root = ConfigFile.parse(yaml, Path.of("test"), problems);
        var settings = ConsoleSettings.from(root).pages();
        root.section("tls").text("certificate");
        root.section("tls").text("key");
        root.close();
        return settings;
    }
}
