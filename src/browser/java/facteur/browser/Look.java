package facteur.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;

/// How somebody has set a browser up. Immutable.
///
/// @param zoom in percent: at 400 a window is a quarter as wide and as high, in pixels of the page
public record Look(int width, int height, int zoom, String language, boolean runsScript, Colours colours) {
    /// Of the system.
    public enum Colours {
        LIGHT,
        DARK,
        /// The system's own few, whatever a page says.
        FORCED
    }

    /// A window on a laptop, in English.
    public static final Look DESK = new Look(1280, 800, 100, "en", true, Colours.LIGHT);

    /// What 320 pixels of the page are: a small phone, or this.
    public static final Look NARROW = DESK.sized(320, 640);

    /// A window of 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
    public static final Look ZOOMED = DESK.sized(1280, 1024).zoomed(400);

    public Look sized(int otherWidth, int otherHeight) {
        return new Look(otherWidth, otherHeight, zoom, language, runsScript, colours);
    }

    public Look zoomed(int percent) {
        return new Look(width, height, percent, language, runsScript, colours);
    }

    /// What the browser asks for, as in `fr` or `nl-BE`.
    public Look in(String otherLanguage) {
        return new Look(width, height, zoom, otherLanguage, runsScript, colours);
    }

    public Look withoutScript() {
        return new Look(width, height, zoom, language, false, colours);
    }

    public Look withScript() {
        return new Look(width, height, zoom, language, true, colours);
    }

    public Look in(Colours others) {
        return new Look(width, height, zoom, language, runsScript, others);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width * 100 / zoom, height * 100 / zoom)
                .setDeviceScaleFactor(zoom / 100.0)
                // Of the tests' own authority.
                .setIgnoreHTTPSErrors(true)
                .setLocale(language)
                .setTimezoneId("Europe/Brussels")
                .setJavaScriptEnabled(runsScript)
                .setColorScheme(colours == Colours.DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setForcedColors(colours == Colours.FORCED ? ForcedColors.ACTIVE : ForcedColors.NONE)
                .setReducedMotion(ReducedMotion.REDUCE);
    }
}
