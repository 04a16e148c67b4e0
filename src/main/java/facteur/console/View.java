package facteur.console;

import facteur.mail.automatic.Language;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// What a template sees of all that isn't its page: the texts, times as people read them, and the frame around the page. Immutable.
///
/// @param assets the path of a file that pages load, by its name
public record View(Texts texts, ZoneId zone, Frame frame, UnaryOperator<String> assets) {
    /// @param key with its section: `mail.title`
    /// @param values take the places of `{0}`, `{1}` and so on
    public String say(String key, Object... values) {
        return texts.of(key, values);
    }

    /// `en`, for the attribute `lang`.
    public String language() {
        return texts.language().word();
    }

    /// With the month in words: no one takes the day for the month.
    public String time(Instant at) {
        return at.atZone(zone).format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT).withLocale(dates()));
    }

    /// English as Europe writes it: the day first, and twenty-four hours.
    private Locale dates() {
        return texts.language() == Language.EN ? Locale.UK : texts.locale();
    }

    /// With the month in short, for a table.
    public String brief(Instant at) {
        return at.atZone(zone).format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(dates()));
    }

    public String date(Instant at) {
        return at.atZone(zone).format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(dates()));
    }

    /// The hour alone, for what is near.
    public String hour(Instant at) {
        return at.atZone(zone).format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(dates()));
    }

    /// To the second, of what is refreshed.
    public String clock(Instant at) {
        return at.atZone(zone).format(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withLocale(dates()));
    }

    public String asset(String name) {
        return assets.apply(name);
    }
}
