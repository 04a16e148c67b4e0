package facteur.mail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCacheTest {
    private static final String DOMAIN = "dupont.example";

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final List<String> troubles = new ArrayList<>();

    @Test
    void seesWithinTenSecondsWhatAnotherProcessDid() throws Exception {
        var cache = cache();
        assertThat(cache.of(DOMAIN)).isEmpty();

        var folder = TestKeys.folder(state);
        var selector = folder.create(DOMAIN, time.instant()).keys().getLast().key().selector();
        folder.activate(DOMAIN, selector, time.instant());
        time.advance(Duration.ofMillis(9_999));
        assertThat(cache.of(DOMAIN)).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(cache.of(DOMAIN)).extracting(DkimKey::selector).containsExactly(selector);
    }

    @Test
    void tellsAProblemOnceUntilItComesBack() throws Exception {
        var cache = cache();
        var file = Files.createDirectories(state.resolve("keys").resolve(DOMAIN)).resolve("bad.pem");
        for (var text : List.of("no key", "no key", "no key")) {
            Files.writeString(file, text);
            assertThat(cache.of(DOMAIN)).isEmpty();
            time.advance(Duration.ofSeconds(10));
        }
        assertThat(troubles).singleElement().asString().contains("bad.pem holds no private key");

        Files.delete(file);
        assertThat(cache.of(DOMAIN)).isEmpty();
        time.advance(Duration.ofSeconds(10));
        Files.writeString(file, "no key");
        assertThat(cache.of(DOMAIN)).isEmpty();
        assertThat(troubles).hasSize(2);
    }

    @Test
    void goesOnWithAKeyWhoseFileIsDamaged() throws Exception {
        var folder = TestKeys.folder(state);
        for (var stored : folder.create(DOMAIN, time.instant()).keys()) {
            folder.activate(DOMAIN, stored.key().selector(), time.instant());
        }
        var cache = cache();
        var keys = cache.of(DOMAIN);
        assertThat(keys).hasSize(2);
        var file = state.resolve("keys").resolve(DOMAIN).resolve(keys.getFirst().selector() + ".pem");

        Files.writeString(file, "damaged");
        time.advance(Duration.ofSeconds(10));
        assertThat(cache.of(DOMAIN)).isEqualTo(keys);
        assertThat(troubles).hasSize(1);

        Files.delete(file);
        time.advance(Duration.ofSeconds(10));
        assertThat(cache.of(DOMAIN)).hasSize(1);
    }

    private KeyCache cache() {
        return new KeyCache(TestKeys.folder(state), time, troubles::add);
    }
}
