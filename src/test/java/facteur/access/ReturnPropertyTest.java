package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Where a browser may be sent: whatever is let through is below the suite's place, or at our own.
final class ReturnPropertyTest {
    private static final ReturnPrefix APP = ReturnPrefix.parse("https://app.example.org/facteur");
    private static final URI HERE = URI.create("https://mail.example.org/sign-in");

    @Example
    void endsAtABoundary() {
        assertThat(APP.within("https://app.example.org/facteur")).isPresent();
        assertThat(APP.within("https://APP.example.org:443/facteur/x?y=z#top")).isPresent();
        assertThat(APP.within("https://app.example.org/facteur2")).isEmpty();
        assertThat(APP.within("https://app.example.org/")).isEmpty();
        assertThat(APP.within("https://app.example.org/facteur/%2e%2E/admin")).isEmpty();
        assertThat(APP.within("https://app.example.org/facteur/..%2fadmin")).isEmpty();
        assertThat(APP.within("https://app.example.org:8443/facteur")).isEmpty();
        assertThat(APP.within("https://app.example.org.evil.example/facteur")).isEmpty();
        assertThat(APP.within("https://app.example.org\t/facteur")).isEmpty();
        assertThat(APP.within("https://app.example.org\\@evil.example/facteur")).isEmpty();
        var origin = ReturnPrefix.parse("https://app.example.org");
        assertThat(origin.within("https://app.example.org")).isPresent();
        assertThat(origin.within("https://app.example.org?x")).isPresent();
        assertThat(origin.within("https://app.example.org.evil.example")).isEmpty();
        assertThat(ReturnPrefix.parse("http://localhost:3000/app/").within("http://localhost:3000/app/x")).isPresent();
    }

    @Property
    void whatIsLetThroughIsBelowIt(@ForAll("urls") String url) {
        APP.within(url).ifPresent(back -> {
            assertThat(back.getHost()).isEqualToIgnoringCase("app.example.org");
            assertThat(back.normalize().getRawPath()).matches("/facteur(/.*)?");
            assertThat(back.getRawUserInfo()).isNull();
        });
    }

    @Property
    void aPathOfOursStaysHere(@ForAll("paths") String path) {
        OwnPath.parse(path).ifPresent(own -> assertThat(HERE.resolve(own.text().replace("%", "%25")).getHost())
                .isEqualTo("mail.example.org"));
    }

    @Example
    void pathsOfOurs() {
        assertThat(OwnPath.parse("/o/dupont/mail?x=y")).isPresent();
        assertThat(OwnPath.parse("/")).isPresent();
        for (var other : new String[] {"", "o", "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "/\t/evil.example",
            "/a\nSet-Cookie: x", "javascript:alert(1)", "/é", "/a#b", "/a b", "/" + "a".repeat(2000)}) {
            assertThat(OwnPath.parse(other)).as(other).isEmpty();
        }
    }

    @Provide
    static Arbitrary<String> urls() {
        var scheme = Arbitraries.of("https://", "http://", "HTTPS://", "//", "/\\", "javascript:", "https:/", "https:\\\\");
        var host =
                Arbitraries.of("app.example.org", "APP.EXAMPLE.ORG", "evil.example", "app.example.org@evil.example", "app.example.org.evil.example",
                        "app.example.org\\.evil.example", "app.example.org:443", "app.example.org:444", "");
        var part = Arbitraries.of("/", "facteur", "/facteur", "..", ".", "%2e", "%2f", "\\", "2", "?", "#", "@evil.example", "\u202E", " ", "\r\n");
        return Combinators.combine(scheme, host, part.list().ofMaxSize(6).map(parts -> String.join("", parts))).as((a, b, c) -> a + b + c);
    }

    @Provide
    static Arbitrary<String> paths() {
        return Arbitraries.of("/", "\\", "..", ".", "evil.example", "@", ":", "?", "#", "%2f", "\t", "a", "https:").list().ofMaxSize(7)
                .map(parts -> "/" + String.join("", parts));
    }
}
