package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A page of another site makes the browser of a person who is signed in send us a form.
final class SameOriginTest {
    private static final Frontage PROXIED = new Frontage(URI.create("https://mail.example.org"), false, List.of());
    private static final Frontage ON_LOOPBACK = new Frontage(URI.create("http://localhost:8026"), true, List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | Sec-Fetch-Site: same-origin                                           | 200
            POST   | Sec-Fetch-Site: same-origin, Origin: https://mail.example.org         | 200
            POST   | Origin: https://mail.example.org                                      | 200
            POST   | Sec-Fetch-Site: cross-site                                            | 403
            POST   | Sec-Fetch-Site: cross-site, Origin: https://mail.example.org          | 403
            POST   | Sec-Fetch-Site: same-site, Origin: https://mail.example.org           | 403
            POST   | Sec-Fetch-Site: none, Origin: https://mail.example.org                | 403
            POST   | Sec-Fetch-Site: Same-Origin                                           | 403
            POST   | Sec-Fetch-Site: same-origin, Sec-Fetch-Site: cross-site               | 403
            POST   | Sec-Fetch-Site:                                                       | 403
            POST   |                                                                       | 403
            POST   | Origin: null                                                          | 403
            POST   | Origin: http://mail.example.org                                       | 403
            POST   | Origin: https://mail.example.org:8443                                 | 403
            POST   | Origin: https://mail.example.org.evil.example                         | 403
            POST   | Origin: https://evil.example/https://mail.example.org                 | 403
            POST   | Origin: https://mail.example.org, Origin: https://evil.example        | 403
            POST   | Origin: http://localhost:8026                                         | 403
            POST   | Referer: https://mail.example.org/o/dupont/mail                       | 403
            POST   | Origin: https://evil.example, X-HTTP-Method-Override: GET             | 403
            PUT    | Origin: https://evil.example                                          | 403
            DELETE | Origin: https://evil.example                                          | 403
            GET    | Origin: https://evil.example, Sec-Fetch-Site: cross-site              | 200
            HEAD   | Sec-Fetch-Site: cross-site                                            | 200
            """)
    void aChangeIsAskedForByOurPagesAlone(String method, @Nullable String fields, int status) {
        assertThat(ask(PROXIED, method, "mail.example.org", fields)).isEqualTo(status);
    }

    /// There, people write the address in two ways, and other programs serve pages on other ports.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            localhost:8026 | Origin: http://localhost:8026  | 200
            127.0.0.1:8026 | Origin: http://127.0.0.1:8026  | 200
            [::1]:8026     | Origin: http://[::1]:8026      | 200
            127.0.0.1:8026 | Origin: http://localhost:8026  | 200
            localhost:8026 | Origin: http://127.0.0.1:8026  | 403
            localhost:8026 | Origin: http://localhost:3000  | 403
            localhost:8026 | Origin: http://localhost       | 403
            localhost:8026 | Origin: null                   | 403
            localhost:8026 | Sec-Fetch-Site: same-site      | 403
            """)
    void onLoopbackItIsWhereTheFormGoes(String host, String fields, int status) {
        assertThat(ask(ON_LOOPBACK, "POST", host, fields)).isEqualTo(status);
    }

    /// A name of the attacker's that leads to 127.0.0.1: what its pages send looks like ours, but for the name.
    @Test
    void aReboundNameIsNotOurs() {
        assertThat(ask(ON_LOOPBACK, "POST", "rebound.evil.example:8026", "Origin: http://rebound.evil.example:8026, Sec-Fetch-Site: same-origin"))
                .isEqualTo(421);
        assertThat(ask(ON_LOOPBACK, "GET", "rebound.evil.example:8026", "")).isEqualTo(421);
        assertThat(ask(PROXIED, "POST", "127.0.0.1", "Origin: http://127.0.0.1")).isEqualTo(421);
    }

    private static int ask(Frontage frontage, String method, String host, @Nullable String fields) {
        var head = new HashMap<String, List<String>>();
        head.put("Host", List.of(host));
        for (var field : fields == null ? new String[0] : fields.split(", ")) {
            if (!field.isEmpty()) {
                var parts = field.split(":", 2);
                var all = new ArrayList<>(head.getOrDefault(parts[0], List.of()));
                all.add(parts[1].strip());
                head.put(parts[0], all);
            }
        }
        var routes = List.of("GET", "POST", "PUT", "DELETE").stream()
                .map(each -> new Route(each, "/mail", request -> {
                    SameOrigin.require(request);
                    return Answer.empty(200);
                }))
                .toList();
        return new Router(new Site(List.of(), routes, () -> true, Refusals.JSON, Optional.empty()), () -> frontage)
                .answer(new RequestHead(method, URI.create("/mail"), head), InetAddress.getLoopbackAddress(),
                        new ByteArrayInputStream("_method=GET".getBytes(StandardCharsets.US_ASCII)))
                .answer().status();
    }
}
