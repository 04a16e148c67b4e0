package facteur.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;

/// Pictures of pages for `src/docs/images/console`, with `-Dscreenshots=true` alone: they change with each letter of a page.
final class Screenshots {
    private static final Path FOLDER = Path.of("src", "docs", "images", "console");
    private static final boolean IS_WANTED = Boolean.getBoolean("screenshots");

    /// Text is legible, and a page takes 20 to 60 KB.
    private static final int QUALITY = 60;

    private Screenshots() {}

    /// What the window shows, as `NAME.webp`.
    static void take(Tab tab, String name) {
        if (IS_WANTED) {
            tab.page().screenshot(new Page.ScreenshotOptions()
                    .setPath(FOLDER.resolve(name + ".webp"))
                    .setType(ScreenshotType.WEBP)
                    .setQuality(QUALITY));
        }
    }
}
