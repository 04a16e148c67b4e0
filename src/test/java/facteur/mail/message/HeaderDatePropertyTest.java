package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/// The short way of a usual date against the one that reads any.
final class HeaderDatePropertyTest {
    private static final List<String> ODD = List.of(
            "", " ", "0", "24", "29", "31", "60", "99", "1", "-", ":", ",", "(", "(a) ", ")", "Jan", "feb ", "Mai", "\u0130", "\u017Fep", "2026",
            "26 ");

    @Provide
    static Arbitrary<String> dates() {
        var words = Combinators.combine(
                Arbitraries.of("Mon, ", "Tue, ", "Lun, ", "mon, ", "Monday, ", "M1n, ", ""),
                Arbitraries.integers().between(0, 33).flatMap(day -> Arbitraries.of("%d", "%02d").map(form -> form.formatted(day))),
                Arbitraries.of(" Jan ", " feb ", " MAR ", " Nov ", " \u017Fep ", " Mai ", "-Dec-", " Sept "),
                Arbitraries.integers().between(0, 12_000).map(year -> year % 3 == 0 ? "2026" : Integer.toString(year)),
                Arbitraries.of(" 00:00:00", " 23:59:59", " 24:00:00", " 12:60:00", " 12:00:60", " 12:00", " 9:05:07", " 12:00:00.1"))
                .as((weekday, day, month, year, time) -> weekday + day + month + year + time);
        var zones = Arbitraries.of("", " +0100", " GMT", " +0100 (CET)", " (\u0130)", "9", " " + "x".repeat(50), " (" + "\u0130".repeat(90) + ")");
        return Combinators.combine(words, zones).as(String::concat);
    }

    @Property(tries = 3000)
    void theShortWaySaysYesToNoOther(@ForAll("dates") String date) {
        assertThat(HeaderDate.isReadable(date)).isEqualTo(HeaderDate.isReadableAnyhow(date));
    }

    @Property(tries = 3000)
    void orWithSomethingOddInIt(@ForAll("dates") String date, @ForAll int at, @ForAll("odd") String odd) {
        var place = Math.floorMod(at, date.length() + 1);
        var text = date.substring(0, place) + odd + date.substring(place + Math.floorMod(at >> 8, date.length() - place + 1));
        assertThat(HeaderDate.isReadable(text)).as(text).isEqualTo(HeaderDate.isReadableAnyhow(text));
    }

    @Provide
    static Arbitrary<String> odd() {
        return Arbitraries.of(ODD);
    }

    @Property(tries = 3000)
    void writesWhatAFormatterWrites(@ForAll @LongRange(min = -100_000_000_000L, max = 400_000_000_000L) long second) {
        for (var instant : List.of(Instant.ofEpochSecond(second), Instant.ofEpochSecond(1_795_421_671 + second % 40_000_000))) {
            assertThat(HeaderDate.of(instant)).isEqualTo(HeaderDate.formatted(instant));
        }
    }

    @Example
    void takesTheShortWay() {
        assertThat(List.of("Mon, 23 Nov 2026 12:00:00 +0100", "Mon, 3 Nov 2026 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 +0000 (UTC)"))
                .allMatch(HeaderDate::isUsual);
    }
}
