package facteur.platform.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How durations are written: `250ms`, `60s`, `5m`, `24h`, `5d`.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");

    /// A century: far beyond any use, and near enough that adding it to an instant can't overflow.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /// @throws IllegalArgumentException with a message for the operator
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration; write 250ms, 60s, 5m, 24h or 5d");
        }
        long amount = Long.parseLong(form.group(1));
        Duration unit = switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        if (amount > LONGEST.dividedBy(unit)) {
            throw new IllegalArgumentException("'" + text + "' is too long; " + print(LONGEST) + " at most");
        }
        return unit.multipliedBy(amount);
    }

    /// In the largest unit that is exact, as [#parse(String)] reads it; parts of a millisecond are left out.
    public static String print(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }
}
