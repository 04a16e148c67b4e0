package facteur.mail.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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

    private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
    private static final String MONTH_NAMES = "JanFebMarAprMayJunJulAugSepOctNovDec";

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

    /// As RFC 5322 has it: `Mon, 3 Nov 2026 09:14:31`, the day with one digit or two. A letter is a letter, 0 a digit.
    private static final List<String> USUAL = List.of("Aaa, 0 Aaa 0000 00:00:00", "Aaa, 00 Aaa 0000 00:00:00");

    /// No month is shorter.
    private static final int DAYS = 28;
    /// Room for a zone and a comment: however much of it is comments, the date isn't over [#LOOKED_AT].
    private static final int USUAL_LENGTH = 64;

    /// No date is longer, comments aside.
    private static final int LOOKED_AT = 200;

    private HeaderDate() {}

    public static String of(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        return time.getYear() >= 1000 && time.getYear() <= 9999 ? written(time) : formatted(instant);
    }

    static String formatted(Instant instant) {
        return FORM.format(instant);
    }

    /// As [#FORM] has it. Each letter gets two or three of them, and a formatter takes its time.
    private static String written(OffsetDateTime time) {
        var text = new StringBuilder(31)
                .append(WEEKDAYS, 3 * (time.getDayOfWeek().getValue() - 1), 3 * time.getDayOfWeek().getValue())
                .append(", ")
                .append(time.getDayOfMonth())
                .append(' ')
                .append(MONTH_NAMES, 3 * (time.getMonthValue() - 1), 3 * time.getMonthValue())
                .append(' ')
                .append(time.getYear());
        twoDigits(text.append(' '), time.getHour());
        twoDigits(text.append(':'), time.getMinute());
        twoDigits(text.append(':'), time.getSecond());
        return text.append(" +0000").toString();
    }

    private static void twoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Whether most mail programs can tell the date. Not whether it is right.
    public static boolean isReadable(String value) {
        return isUsual(value) || isReadableAnyhow(value);
    }

    /// Nearly all are, and each letter has one.
    static boolean isUsual(String value) {
        for (var form : USUAL) {
            if (value.length() <= USUAL_LENGTH && hasForm(value, form)) {
                var day = form.indexOf('0');
                var month = form.indexOf('A', day);
                var time = form.indexOf(':') - 2;
                return isWithin(value, day, month - 1, 1, DAYS)
                        && isMonth(value, month)
                        && isWithin(value, time, time + 2, 0, 23)
                        && isWithin(value, time + 3, time + 5, 0, 59)
                        && isWithin(value, time + 6, time + 8, 0, 59);
            }
        }
        return false;
    }

    private static boolean hasForm(String value, String form) {
        if (value.length() < form.length()) {
            return false;
        }
        for (var i = 0; i < form.length(); i++) {
            var c = value.charAt(i);
            var isOfForm = switch (form.charAt(i)) {
                case 'A', 'a' -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
                case '0' -> c >= '0' && c <= '9';
                default -> c == form.charAt(i);
            };
            if (!isOfForm) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String value, int from, int to, int least, int most) {
        var number = Integer.parseInt(value, from, to, 10);
        return number >= least && number <= most;
    }

    private static boolean isMonth(String value, int at) {
        for (var month : MONTHS) {
            if (value.regionMatches(true, at, month, 0, month.length())) {
                return true;
            }
        }
        return false;
    }

    static boolean isReadableAnyhow(String value) {
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
