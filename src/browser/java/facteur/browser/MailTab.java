package facteur.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;

/// The page of mail settings of office dupont, in a window. For one thread.
///
/// @param tab where it is in front
record MailTab(Tab tab, ConsoleDaemon console) {
    static final String PATH = "/o/dupont/mail";

    static MailTab open(ConsoleDaemon console, Browser browser, Look look, As as) throws SQLException {
        return new MailTab(console.open(browser, look, as, PATH), console);
    }

    Page page() {
        return tab.page();
    }

    /// The page anew, as it is saved.
    MailTab reload() {
        tab.go(console.url(PATH));
        return this;
    }

    void choose(String field, String value) {
        page().locator("input[name='" + field + "'][value='" + value + "']").check();
    }

    void fill(String field, String text) {
        page().locator("input[name='" + field + "']").fill(text);
    }

    Locator field(String name) {
        return page().locator("input[name='" + name + "']");
    }

    /// A kind is folded until somebody wants to see it.
    void unfold(String kind) {
        var details = page().locator("details:has(input[name=kind][value='" + kind + "'])");
        if (details.getAttribute("open") == null) {
            details.locator("summary").click();
        }
    }

    /// @return what the server answered
    Response save() {
        return page().waitForResponse(
                response -> response.request().method().equals("POST") && response.url().equals(console.url(PATH)),
                () -> tab.named(AriaRole.BUTTON, "Save").click());
    }

    Locator message() {
        return page().locator("#message");
    }

    Locator problems() {
        return page().locator("#problems");
    }

    /// What a client sees of a kind of message.
    ///
    /// @param title as `Invoices`
    Locator example(String title) {
        return page().locator("#preview li:has(h3:has-text('" + title + "'))");
    }
}
