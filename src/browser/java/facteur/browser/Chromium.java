package facteur.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The browser of the tests in this JVM, started by the first of them: a start takes two seconds, a context of its own for each
/// test takes none. For the thread of the tests.
final class Chromium {
    /// Debian's, without windows. Playwright brings none that fits: its own are downloads of other builds.
    private static final Path PROGRAM = Path.of("/usr/bin/chromium-headless-shell");

    private static @Nullable Browser running;

    /// For pages of those that run none.
    private static final Map<Look, Page> WITH_SCRIPT = new HashMap<>();

    private Chromium() {}

    static boolean isHere() {
        return Files.isExecutable(PROGRAM);
    }

    static Browser running() {
        var before = running;
        if (before != null && before.isConnected()) {
            return before;
        }
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("playwright").unstarted(playwright::close));
        // On a machine that runs other tests, too, what takes a moment may take seconds.
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        // A container has no namespaces to spare for the sandbox, and its /dev/shm may be small.
        var options = new LaunchOptions().setExecutablePath(PROGRAM).setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
        var started = playwright.chromium().launch(options);
        running = started;
        return started;
    }

    /// A window like another one that runs no script, but one that does: the same one for all tests.
    static Page withScript(Look look) {
        return WITH_SCRIPT.compute(look, (same, before) -> {
            if (before != null && !before.isClosed()) {
                return before;
            }
            var context = running().newContext(same.withScript().options());
            Axe.prepare(context);
            return context.newPage();
        });
    }
}
