package facteur.mail.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The date-time of RFC 5322 §3.3: writes it, in UTC, and says whether one can be read.
public final class HeaderDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")[a-z]*";
    private static final String TIME = "(?<hour>\\d{1,2}) ?: ?(?<minute>\\d{2})(?: ?: ?(?<second>\\d{2}))?";

    /// The grammar with its obsolete forms (§4.3), and what most mail programs read besides: any weekday or none, hyphens for
    /// blanks, anything for a zone; and the order of C's `asctime`.
    private static final List<Pattern> READABLE = List.of(
            Pattern.compile("\\b(?<day>\\d{1,2}) ?[ -] ?" + MONTH + " ?[ ,-] ?(?<year>\\d{2,6}),? " + TIME),
            Pattern.compile("\\b" + MONTH + " (?<day>\\d{1,2}),? (?<year>\\d{4}) " + TIME),
            Pattern.compile("\\b" + MONTH + " (?<day>\\d{1,2}) " + TIME + " (?<year>\\d{4})"));

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// No date is longer, comments aside.
    private static final int LOOKED_AT = 200;

    private HeaderDate() {}

    public static String of(Instant instant) {
        return FORM.format(instant);
    }

    /// Whether most mail programs can tell the date. Not whether it is right.
    public static boolean isReadable(String value) {
        var text = BLANKS.matcher(Comments.without(value).toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return text.length() <= LOOKED_AT
                && READABLE.stream().map(form -> form.matcher(text)).anyMatch(date -> date.find() && isOfTheCalendar(date));
    }

    private static boolean isOfTheCalendar(Matcher date) {
        try {
            var year = Integer.parseInt(date.group("year"));
            // Two digits are of these hundred years or of those before (§4.3): leap years agree.
            LocalDate.of(year < 100 ? 2000 + year : year, MONTHS.indexOf(date.group("month")) + 1, Integer.parseInt(date.group("day")));
        } catch (DateTimeException noSuchDay) {
            return false;
        }
        return Integer.parseInt(date.group("hour")) <= 24
                && Integer.parseInt(date.group("minute")) <= 59
                && (date.group("second") == null || Integer.parseInt(date.group("second")) <= 60);
    }
}
