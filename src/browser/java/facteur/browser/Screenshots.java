package facteur.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;

/// Pictures for `src/docs/images/console`.
final class Screenshots {
    private static final Path FOLDER = Path.of("src", "docs", "images", "console");

    /// Text is legible, and a window takes 20 to 60 KB.
    private static final int QUALITY = 55;

    private Screenshots() {}

    /// What is to be seen in the window, as `NAME.webp`.
    static void take(Tab tab, String name) {
        tab.page().screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve(name + ".webp"))
                .setType(ScreenshotType.WEBP)
                .setQuality(QUALITY));
    }
}
