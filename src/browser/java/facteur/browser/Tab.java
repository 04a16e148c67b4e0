package facteur.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// A window with one page in front, and what the browser's console said. For one thread.
public final class Tab implements AutoCloseable {
    /// Not of the page: an answer such as 422 or 404, which the test itself has asked for; how signing out was obeyed; and that the test was
    /// in a field before the page had put the cursor into its first.
    private static final Pattern NOT_OF_THE_PAGE =
            Pattern.compile(
                    "Failed to load resource: the server responded with a status of 4\\d\\d .*|Clear-Site-Data header on .*: Cleared data types: .*"
                            + "|Autofocus processing was blocked because a document already has a focused element\\.");

    /// What sticks out to the right of the window, as far as nothing around it scrolls by itself.
    private static final String WIDER = """
            () => {
                const width = document.documentElement.clientWidth;
                const contained = element => {
                    for (let around = element.parentElement; around; around = around.parentElement) {
                        if (getComputedStyle(around).overflowX !== 'visible') return true;
                    }
                    return false;
                };
                return [...document.querySelectorAll('body *')]
                    .filter(element => {
                        const box = element.getBoundingClientRect();
                        return Math.max(box.right, box.left + element.scrollWidth) > width + 1 && !contained(element);
                    })
                    .map(element => element.outerHTML.slice(0, 120));
            }""";

    private static final Map<String, String> NO_SCRIPT =
            Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", "script-src 'none'");

    private static final String OVERHANG =
            "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth";

    private static final int MOST_STOPS = 200;

    private final BrowserContext context;
    private final Page page;
    private final Look look;
    private final List<String> messages = new ArrayList<>();
    private boolean isClosed;

    private Tab(BrowserContext context, Look look) {
        this.context = context;
        this.page = context.newPage();
        this.look = look;
    }

    static Tab of(BrowserContext context, Look look) {
        // Nothing here waits for the network beyond this machine.
        context.setDefaultTimeout(15_000);
        if (look.runsScript()) {
            Axe.prepare(context);
        }
        var tab = new Tab(context, look);
        context.onConsoleMessage(message -> {
            if (!NOT_OF_THE_PAGE.matcher(message.text()).matches()) {
                tab.messages.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> tab.messages.add("uncaught: " + error.error()));
        return tab;
    }

    /// For all that a test does with it.
    public Page page() {
        return page;
    }

    /// Opens an address.
    public Response go(String url) {
        return Objects.requireNonNull(page.navigate(url), url);
    }

    /// Loads the page in front again, whose timers from now on run early when [#letPass] says so.
    void holdTimers() {
        page.clock().install();
        page.reload();
    }

    /// For the page, so much time passes at once.
    void letPass(Duration time) {
        page.clock().fastForward(time.toMillis());
    }

    /// The system's colours change, and the page in front with them.
    void colour(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    public void put(Cookie cookie) {
        context.addCookies(List.of(cookie));
    }

    /// A cookie, as the browser sends it; empty when it has none of that name.
    public String cookie(String name) {
        return context.cookies().stream().filter(cookie -> cookie.name.equals(name)).map(cookie -> cookie.name + "=" + cookie.value).findFirst()
                .orElse("");
    }

    /// What people see under this name: a button, a link, a field.
    public Locator named(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /// Presses a key, as `Enter`, `Tab` or `Shift+Tab`.
    public void press(String key) {
        page.keyboard().press(key);
    }

    /// Goes from one thing to the next that takes the focus, until it is one of these.
    public void tabTo(String selector) {
        for (var i = 0; i < MOST_STOPS; i++) {
            if (page.evaluate("selector => document.activeElement.matches(selector)", selector).equals(true)) {
                return;
            }
            press("Tab");
        }
        throw new AssertionError("no key leads to " + selector);
    }

    /// Types into a field, by keys alone; what stood in it goes.
    public void fill(String selector, String text) {
        tabTo(selector);
        press("Control+a");
        page.keyboard().type(text);
    }

    /// What the browser's console said so far, 4xx of the server apart.
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /// The page in front passes axe, and the browser's console has said nothing.
    public void assertClean() {
        assertAccessible();
        assertThat(messages).as("the browser's console at " + page.url()).isEmpty();
    }

    public void assertAccessible() {
        assertThat(look.runsScript() ? Axe.violations(page) : violationsWithoutScript()).as("axe at " + page.url()).isEmpty();
    }

    /// axe is script as well, and would wait forever: it looks at the same page in a browser that runs script, but none of the page's.
    private List<String> violationsWithoutScript() {
        var html = page.content();
        var twin = Chromium.withScript(look);
        twin.route(page.url(), route -> route.fulfill(new Route.FulfillOptions().setBody(html).setHeaders(NO_SCRIPT)));
        try {
            twin.navigate(page.url());
            return Axe.violations(twin);
        } finally {
            twin.unrouteAll();
        }
    }

    public void assertNoSidewaysScroll() {
        assertThat(page.evaluate(OVERHANG)).as(() -> page.url() + " is wider than " + page.viewportSize().width + ": " + page.evaluate(WIDER))
                .isEqualTo(0);
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        context.close();
    }
}
