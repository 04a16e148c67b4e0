package facteur.web;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the header of a page has, besides what each answer has: nothing but our own files is loaded, run or sent to, and no site shows
/// the page in a frame. Stateless.
final class PageFields {
    private static final String POLICY = "Content-Security-Policy";
    private static final String OWN_ALONE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors ";

    /// What a browser can be asked for by name, all of it off; but for what Chromium doesn't know on each system (bluetooth, web-share), and
    /// would complain of on its console.
    private static final String NO_DEVICES = Stream.of(
            "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
            "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
            "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
            "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
            "window-management", "xr-spatial-tracking")
            .map(feature -> feature + "=()")
            .collect(Collectors.joining(", "));

    static final Map<String, String> ALL = Map.of(
            POLICY, OWN_ALONE + "'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", NO_DEVICES);

    private PageFields() {}

    /// @param origin that may show it
    static Map<String, String> framedBy(String origin) {
        if (!Origin.isOne(origin)) {
            throw new IllegalArgumentException("not an origin: " + origin);
        }
        return Map.of(POLICY, OWN_ALONE + origin);
    }
}
