package facteur.platform.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Instants as `2026-11-23T08:05:00.120Z`. All but the milliseconds is the same within a second, and made once. Thread-safe.
final class TimeText {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int NANOS_PER_MILLI = 1_000_000;

    private record Second(long number, String text) {
        static Second of(Instant instant) {
            return new Second(instant.getEpochSecond(), SECOND.format(instant));
        }
    }

    private volatile Second last = Second.of(Instant.EPOCH);

    String of(Instant instant) {
        var second = last;
        if (second.number() != instant.getEpochSecond()) {
            second = Second.of(instant);
            last = second;
        }
        var millis = instant.getNano() / NANOS_PER_MILLI;
        return second.text() + millis / 100 + millis / 10 % 10 + millis % 10 + 'Z';
    }
}
