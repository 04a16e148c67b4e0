package facteur.web;

import facteur.mail.automatic.Language;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the section `console` says of pages. Immutable.
///
/// @param areOn false: only the API is there
/// @param language when a browser asks for none of ours
/// @param zone in which times are shown
/// @param embed origins that may show an office's pages in a frame
/// @param help where the link *Help* leads
public record PageSettings(
        boolean areOn, Language language, ZoneId zone, SessionLimits session, SecondStep secondStep, List<String> embed, Optional<URI> help) {
    /// When a session ends.
    ///
    /// @param idle after its last request
    /// @param longest after it began
    public record SessionLimits(Duration idle, Duration longest) {}

    /// Who needs a code beside the password.
    public enum SecondStep {
        NONE,
        OPERATORS,
        EVERYBODY
    }

    private static final String HTTPS = "https";
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MONTH = Duration.ofDays(31);

    public PageSettings {
        embed = List.copyOf(embed);
    }

    /// With nothing written.
    ///
    /// @param zone the machine's
    public static PageSettings byDefault(ZoneId zone) {
        return new PageSettings(
                true, Language.EN, zone, new SessionLimits(IDLE, LONGEST), SecondStep.OPERATORS, List.of(), Optional.empty());
    }

    /// Reads `console`.
    static PageSettings from(Section console, ZoneId machines) {
        var session = console.section("session");
        var settings = new PageSettings(
                console.flag("pages", true),
                console.choice("language", Language.EN),
                console.value("zone", PageSettings::zone).orElse(machines),
                new SessionLimits(session.duration("idle", IDLE, LEAST, MONTH), session.duration("longest", LONGEST, LEAST, MONTH)),
                console.choice("second-step", SecondStep.OPERATORS),
                console.values("embed", PageSettings::embedder),
                console.value("help", PageSettings::help));
        if (settings.session.idle.compareTo(settings.session.longest) > 0) {
            session.problem("idle", "must not be longer than console.session.longest");
        }
        return settings;
    }

    /// @param isLoopback whether only this machine can reach the pages
    /// @param url what browsers call them, when it is written
    void check(Section console, boolean isLoopback, Optional<URI> url) {
        if (!isLoopback && secondStep == SecondStep.NONE) {
            console.problem("second-step", "none is for loopback: an operator's password alone would open the relay to the network");
        }
        if (!embed.isEmpty() && url.map(URI::getScheme).filter(HTTPS::equals).isEmpty()) {
            console.problem("embed", url.isEmpty() ? ProblemCode.VALUE_MISSING : ProblemCode.VALUE_INVALID,
                    "needs a console.url with https://: browsers keep no cookie of a frame in clear");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw InvalidValueException.unknownWord(
                    "'" + text + "' is no time zone, such as Europe/Brussels", text, ZoneId.getAvailableZoneIds().stream().sorted().toList());
        }
    }

    private static String embedder(String text) {
        try {
            var url = new URI(text.strip());
            var isBare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null
                    && List.of("", "/").contains(String.valueOf(url.getRawPath()));
            var origin = Origin.of(url);
            if (isBare && HTTPS.equalsIgnoreCase(url.getScheme()) && url.getHost() != null && Origin.isOne(origin)) {
                return origin;
            }
        } catch (URISyntaxException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("must be https:// with a host and nothing behind it, such as https://suite.example.org: " + text);
    }

    private static URI help(String text) {
        try {
            var url = new URI(text.strip());
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals(HTTPS)) && url.getHost() != null || scheme.equals("mailto")) {
                return url;
            }
        } catch (URISyntaxException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("must be https://, http:// or mailto: with what stands behind it: " + text);
    }
}
