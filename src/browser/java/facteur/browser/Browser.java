package facteur.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Windows of a browser, for a static field with `@RegisterExtension`. Each one is somebody's own: cookies are not shared. Where
/// there is no browser, its tests are skipped.
///
/// What a test leaves open is looked at when it has passed: the page in front has no fault that axe knows, and the browser's console
/// no message.
public final class Browser implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {
    private final List<Tab> open = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(Chromium.isHere(), "no chromium-headless-shell here");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open.clear();
    }

    /// Opens a window.
    public Tab open(Look look) {
        var tab = Tab.of(Chromium.running().newContext(look.options()), look);
        open.add(tab);
        return tab;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            open.stream().filter(tab -> !tab.isClosed()).forEach(Tab::assertClean);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(Tab::close);
    }
}
