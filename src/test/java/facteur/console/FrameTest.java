package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
}
