package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.config.Secret;
import facteur.platform.http.ServiceUrl;
import facteur.platform.oauth.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginSectionTest {
    private static final String TOKEN = "token: { url: https://login.example/token, client-id: c, client-secret: hush }";

    private final Problems problems = new Problems();

    @Test
    void readsEveryKey() {
        var login = login("""
                auth: xoauth2, login: relay@office.example,
                token: { url: "https://login.example/token?p=1", grant: refresh-token, client-id: c, client-secret: hush,
                         refresh-token: hush2, scope: a b, timeout: 3s }""");
        assertThat(problems.list()).isEmpty();
        assertThat(login).contains(new Login.Token("relay@office.example", new TokenSettings(
                ServiceUrl.parse("https://login.example/token?p=1"),
                "c",
                Optional.of(Secret.of("hush")),
                new TokenSettings.Grant.RefreshToken(Secret.of("hush2"), Path.of("state/refresh-token.smarthost")),
                Optional.of("a b"),
                Duration.ofSeconds(3))));
        assertThat(login.toString()).doesNotContain("hush");
    }

    @Test
    void hasDefaults() {
        var login = login("auth: xoauth2, login: relay, " + TOKEN);
        assertThat(problems.list()).isEmpty();
        assertThat(login).contains(new Login.Token("relay", new TokenSettings(
                ServiceUrl.parse("https://login.example/token"),
                "c",
                Optional.of(Secret.of("hush")),
                new TokenSettings.Grant.ClientCredentials(),
                Optional.empty(),
                Duration.ofSeconds(10))));
    }

    @Test
    void takesAPublicClientAndALoopback() {
        login("auth: xoauth2, login: relay, tls: none, token: { url: http://localhost:8080/, client-id: c, grant: refresh-token, refresh-token: hush }");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            login: relay                                                               | login and password go together
            login: relay, password: hush, token: {}                                    | token: needs auth: xoauth2
            auth: oauth, login: relay, password: hush                                  | 'oauth' is not one of password, xoauth2
            auth: xoauth2, token: { url: 'https://h', client-id: c, client-secret: hush }              | login: is missing
            auth: xoauth2, login: "a\\x01b", token: { url: 'https://h', client-id: c, client-secret: hush } | login: must not hold control characters
            auth: xoauth2, login: r, password: hush, token: { url: 'https://h', client-id: c, client-secret: hush } | password: goes with auth: password
            auth: xoauth2, login: r, token: { client-id: c, client-secret: hush }                      | token.url: is missing
            auth: xoauth2, login: r, token: { url: 'http://h', client-id: c, client-secret: hush }     | token.url: must be https://
            auth: xoauth2, login: r, token: { url: 'https://u:hush@h', client-id: c, client-secret: hush } | token.url: must not name a user
            auth: xoauth2, login: r, token: { url: 'https://h', client-secret: hush }                  | token.client-id: is missing
            auth: xoauth2, login: r, token: { url: 'https://h', client-id: c }                         | token.client-secret: is missing
            auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, grant: refresh-token }   | token.refresh-token: is missing
            auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, client-secret: hush, refresh-token: hush } | token.refresh-token: needs grant: refresh-token
            auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, client-secret: hush, timeout: 2m } | token.timeout: must be from 1ms to 1m
            auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, client-secret: hush, secret: x } | token.secret: unknown key
            `tls: none, auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, client-secret: hush }` | tls: must not be none
            `name: 'a/../b', auth: xoauth2, login: r, token: { url: 'https://h', client-id: c, grant: refresh-token, refresh-token: hush }` | name: must be 1 to 64
            """)
    void saysWhatIsWrong(String keys, String problem) {
        var isElsewhere = keys.startsWith("tls: none");
        read((isElsewhere ? "address: smtp.example.net:587, " : "address: localhost:25, ")
                + (keys.startsWith("name:") ? keys : "name: smarthost, " + keys));
        assertThat(problems.list()).singleElement().asString().contains(problem).doesNotContain("hush");
    }

    private Optional<Login> login(String keys) {
        return read("name: smarthost, address: localhost:25, " + keys);
    }

    private Optional<Login> read(String keys) {
        var section = ConfigFile.parse("{ kind: smtp, " + keys + " }", Path.of("upstream.yaml"), problems);
        var settings = UpstreamSettings.from(section, Path.of("state"), "relay.example");
        section.close();
        return settings instanceof UpstreamSettings.Smtp(var smarthost, _) ? smarthost.login() : Optional.empty();
    }
}
