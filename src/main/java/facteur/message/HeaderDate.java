package facteur.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes the date-time of RFC 5322 §3.3, in UTC.
public final class HeaderDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private HeaderDate() {}

    public static String of(Instant instant) {
        return FORM.format(instant);
    }
}
