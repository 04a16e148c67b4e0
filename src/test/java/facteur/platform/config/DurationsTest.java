package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0s,0", "250ms,250", "90s,90000", "5m,300000", "23h,82800000", "5d,432000000"})
    void readsWhatItPrints(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(Durations.print(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"60s,1m", "24h,1d", "1000ms,1s", "0d,0s"})
    void printsTheLargestExactUnit(String text, String printed) {
        assertThat(Durations.print(Durations.parse(text))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "m", "5 m", "-5m", "1.5h", "1h30m", "5M", "٣m"})
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'%s' is not a duration; write 250ms, 60s, 5m, 24h or 5d", text);
    }

    @Test
    void refusesMoreThanACentury() {
        assertThat(Durations.parse("36500d")).hasDays(36_500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("999999999999999999d"))
                .withMessage("'999999999999999999d' is too long; 36500d at most");
    }
}
