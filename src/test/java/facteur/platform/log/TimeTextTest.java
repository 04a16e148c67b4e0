package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTextTest {
    private static final DateTimeFormatter WHOLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23T08:05:00.120Z", "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2028-02-29T23:59:59.007Z"})
    void isReadBack(String text) {
        assertThat(new TimeText().of(Instant.parse(text))).isEqualTo(text);
    }

    @Property
    void isTheSameWithASecondMadeBefore(
            @ForAll @Size(max = 20) List<@IntRange(min = -3, max = 3) Integer> steps,
            @ForAll @LongRange(min = -4_000_000_000L, max = 253_402_300_700L) long start,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        var time = new TimeText();
        var second = start;
        for (var step : steps) {
            second += step;
            var instant = Instant.ofEpochSecond(second, nanos);
            assertThat(time.of(instant)).isEqualTo(WHOLE.format(instant));
        }
    }
}
