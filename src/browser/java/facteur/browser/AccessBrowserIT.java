package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Who sees which page.
@Timeout(60)
final class AccessBrowserIT {
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private ConsoleDaemon console;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, SQLException {
        console = ConsoleDaemon.start(folder);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    @DisplayName("36: an office's admin finds no other office, no queue and, by cookie alone, no API")
    void anAdminSeesTheirOwnOfficeAlone() throws SQLException {
        var tab = console.open(BROWSER, Look.DESK, As.ADMIN, "/");
        assertThat(tab.go(console.url("/o/martin/mail")).status()).isEqualTo(404);
        tab.assertAccessible();
        assertThat(tab.go(console.url("/queue")).status()).isEqualTo(404);
        assertThat(tab.go(console.url("/api/v1/offices")).status()).isEqualTo(401);
        tab.go(console.url("/nothing"));
    }
}
