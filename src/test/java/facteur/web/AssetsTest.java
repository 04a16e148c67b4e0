package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssetsTest {
    private static final String STYLE = "body { color: light-dark(#222, #ddd) }\n".repeat(50);
    private static final List<Assets.Source> SOURCES = List.of(
            new Assets.Source("console.css", "style.css"), new Assets.Source("console.js", "console.js"),
            new Assets.Source("icons.svg", "icons.svg"));

    @TempDir
    private Path folder;

    private Assets assets;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("style.css"), STYLE);
        Files.writeString(folder.resolve("console.js"), "export {}");
        Files.writeString(folder.resolve("console.js.gz"), "packed already");
        Files.writeString(folder.resolve("icons.svg"), "<svg/>");
        assets = load(SOURCES);
    }

    @Test
    void aNameChangesWithTheContent() throws IOException {
        var before = assets.path("console.css");
        assertThat(before).matches("/a/console\\.[0-9a-f]{16}\\.css");
        assertThat(load(SOURCES).path("console.css")).isEqualTo(before);
        Files.writeString(folder.resolve("style.css"), STYLE + " ");
        assertThat(load(SOURCES).path("console.css")).isNotEqualTo(before).matches("/a/console\\.[0-9a-f]{16}\\.css");
    }

    @ParameterizedTest
    @CsvSource({"console.css, text/css; charset=utf-8", "console.js, text/javascript; charset=utf-8", "icons.svg, image/svg+xml"})
    void aBrowserKeepsItForEver(String name, String type) {
        assertThat(ask(assets.path(name), "").fields())
                .containsEntry("Content-Type", type)
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                .containsEntry("Vary", "Accept-Encoding")
                .doesNotContainKey("Content-Encoding");
    }

    @Test
    void itGoesCompressedToWhoTakesThat() throws IOException {
        var zipped = ask(assets.path("console.css"), "gzip, deflate, br, zstd");
        assertThat(zipped.fields()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(octets(zipped)).hasSize(assets.sent("console.css")).hasSizeLessThan(200);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(octets(zipped))).readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(STYLE);
        assertThat(octets(ask(assets.path("console.css"), ""))).asString(StandardCharsets.UTF_8).isEqualTo(STYLE);
        assertThat(octets(ask(assets.path("console.js"), "gzip"))).asString(StandardCharsets.UTF_8).isEqualTo("packed already");
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true", "GZIP, true", "'br, gzip', true", "gzip;q=0.5, true", "'gzip;q=0, br', false", "gzip; q=0.000, false", "identity, false",
        "x-gzip, false", "br, false", "*, false", "'', false"
    })
    void whatIsNotPlainlyWantedIsNotSent(String field, boolean isZipped) {
        assertThat(ask(assets.path("console.css"), field).fields().containsKey("Content-Encoding")).isEqualTo(isZipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/console.css", "/a/console.0000000000000000.css", "/a/", "/a", "/a/style.css", "/a/..%2Fstyle.css", "/a/../style.css"})
    void anotherNameIsNone(String path) {
        assertThat(ask(path, "").status()).isEqualTo(404);
    }

    @Test
    void allAreThereAtTheStart() {
        assertThatThrownBy(() -> load(List.of(new Assets.Source("a.css", "nothing.css")))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing.css");
        assertThatThrownBy(() -> load(List.of(new Assets.Source("a.exe", "style.css")))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assets.path("console.png")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("console.png");
    }

    private Assets load(List<Assets.Source> sources) {
        try (var classPath = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            return Assets.load(classPath, sources);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Answer ask(String path, String accepted) {
        var site = new Site(List.of(), List.of(assets.route()), () -> true, Refusals.JSON, Optional.empty());
        return new Router(site, () -> new Frontage(URI.create("http://localhost:8026"), true, List.of()))
                .answer(
                        new RequestHead("GET", URI.create(path), Map.of("Host", List.of("localhost"), "Accept-Encoding", List.of(accepted))),
                        InetAddress.getLoopbackAddress(),
                        InputStream.nullInputStream())
                .answer();
    }

    private static byte[] octets(Answer answer) {
        return ((Answer.Body.Octets) answer.body()).octets();
    }
}
