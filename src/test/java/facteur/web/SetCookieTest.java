package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.web.SetCookie.SameSite;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SetCookieTest {
    private static final Request BY_TLS = request("https://mail.example.org");
    private static final Request IN_CLEAR = request("http://localhost:8026");

    @Test
    void aSessionIsForOurHostAlone() {
        assertThat(SetCookie.session(BY_TLS, "3f2a")).hasToString("__Host-facteur=3f2a; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(SetCookie.session(IN_CLEAR, "3f2a")).hasToString("facteur=3f2a; Path=/; HttpOnly; SameSite=Lax");
        assertThat(SetCookie.embedded("3f2a", Duration.ofMinutes(30)))
                .hasToString("__Host-facteur-embed=3f2a; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=None; Partitioned");
        assertThat(SetCookie.lax(BY_TLS, "oidc", "a.b", Duration.ofMinutes(10)))
                .hasToString("__Host-facteur-oidc=a.b; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax");
    }

    /// With the attributes that it was set with: browsers take another for another cookie.
    @Test
    void itIsDeletedAsItWasSet() {
        assertThat(SetCookie.session(BY_TLS, "3f2a").deleted()).hasToString("__Host-facteur=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
        assertThat(SetCookie.embedded("3f2a", Duration.ofMinutes(30)).deleted())
                .hasToString("__Host-facteur-embed=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=None; Partitioned");
    }

    @Test
    void itIsSentBackUnderItsName() {
        assertThat(SetCookie.sessionName(BY_TLS)).isEqualTo("__Host-facteur");
        assertThat(SetCookie.sessionName(IN_CLEAR)).isEqualTo("facteur");
        assertThat(SetCookie.name(IN_CLEAR, "oidc")).isEqualTo("facteur-oidc");
        assertThat(SetCookie.embeddedName()).isEqualTo("__Host-facteur-embed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a b", "a,b", "a\r\nX: y", "\"a\"", "é", "a\\b"})
    void aValueIsOneWord(String value) {
        assertThatThrownBy(() -> SetCookie.session(BY_TLS, value)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining(value);
    }

    @Test
    void browsersWouldDropIt() {
        assertThatThrownBy(() -> new SetCookie("__Host-a", "", Optional.empty(), false, SameSite.LAX, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SetCookie("a", "", Optional.empty(), false, SameSite.NONE, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SetCookie("a;", "", Optional.empty(), true, SameSite.LAX, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            facteur=1                 | 1
            a=b; facteur=1; c         | 1
            a=b;facteur=1             | 1
            facteur=a=b               | a=b
            facteur=                  | ''
            facteur=1; facteur=1      | 1
            facteur=1; facteur=2      |
            Facteur=1                 |
            __Host-facteur=1          |
            xfacteur=1                |
            facteur                   |
            =facteur                  |
            ''                        |
            """)
    void itIsReadWhenItIsOne(String field, @Nullable String value) {
        assertThat(Cookies.of(List.of(field)).value("facteur")).isEqualTo(Optional.ofNullable(value));
    }

    /// A proxy from HTTP/2 splits them.
    @Test
    void fieldsAreReadAsOne() {
        assertThat(Cookies.of(List.of("a=b", "facteur=1")).value("facteur")).contains("1");
        assertThat(Cookies.of(List.of("facteur=2", "facteur=1")).value("facteur")).isEmpty();
        assertThat(Cookies.of(List.of()).value("facteur")).isEmpty();
    }

    private static Request request(String url) {
        var head = new RequestHead("GET", URI.create("/"), Map.of());
        var frontage = new Frontage(URI.create(url), true, List.of());
        return Request.of(
                new Arrival(head, frontage, InetAddress.getLoopbackAddress(), InputStream.nullInputStream()), new Caller(), Map.of(),
                Optional.empty());
    }
}
