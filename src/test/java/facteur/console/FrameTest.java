package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameTest {
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void showsAPageThatIsNotThereInItsFrame() {
        var reply = world.get(As.ADMIN, "/nothing");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.page()).startsWith("<!doctype html>").contains("<html lang=\"en\">", "Page not found");
    }

    /// What a name holds can't make it run, nor fetch from elsewhere; and no page stays in the browser's storage.
    @Test
    void leavesHtmxNothingToRun() {
        assertThat(world.get(As.ADMIN, "/o/dupont/mail").page())
                .contains("\"allowEval\":false", "\"allowScriptTags\":false", "\"historyCacheSize\":0", "\"selfRequestsOnly\":true");
    }

    @Test
    void sendsAnAdminToTheirOffice() {
        assertThat(world.get(As.ADMIN, "/").location()).isEqualTo("/o/dupont/mail");
        assertThat(world.get(As.OPERATOR, "/").location()).isEqualTo("/status");
    }

    @Test
    void remembersALanguageInTheBrowser() {
        var reply = world.get(As.STRANGER, "/language?language=fr&to=/sign-in");
        assertThat(reply.location()).isEqualTo("/sign-in");
        assertThat(reply.cookies()).singleElement().asString().startsWith("facteur-language=fr;");
    }

    @Test
    void leadsNowhereElse() {
        assertThat(world.get(As.STRANGER, "/language?language=fr&to=//evil.example").location()).isEqualTo("/");
    }

    /// A script in a loop; others go on.
    @Test
    void answersASessionTwentyTimesPerSecond() {
        world.isHurried = true;
        for (var i = 0; i < 20; i++) {
            assertThat(world.get(As.ADMIN, "/").status()).isEqualTo(303);
        }
        var reply = world.get(As.ADMIN, "/");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.fields()).containsEntry("Retry-After", "1").containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(reply.page()).startsWith("<!doctype html>");
        world.pace.advance(Duration.ofSeconds(1));
        assertThat(world.get(As.ADMIN, "/").status()).isEqualTo(303);
    }

    @Test
    void packsAnOfficesPageInWhichNothingOfTheRequestStands() {
        var packed = Map.of("Host", "localhost", "Cookie", "facteur=ADMIN", "Accept-Encoding", "gzip, deflate, br");
        assertThat(world.ask("GET", "/o/dupont/mail", packed, "").fields()).containsEntry("Content-Encoding", "gzip");
        assertThat(world.ask("GET", "/o/dupont/clients?q=x", packed, "").fields()).doesNotContainKey("Content-Encoding");
        assertThat(world.ask("GET", "/me", packed, "").fields()).doesNotContainKey("Content-Encoding");
    }
}
