package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/// The form of a token, its names, and when it may end.
final class TokenTextPropertyTest {
    @Property
    void aTokenIsReadAsItWasMade(@ForAll long seed) {
        var made = TokenText.random(new Random(seed));
        assertThat(made.reveal()).matches("fct_[0-9a-z]{10}_[A-Za-z0-9_-]{43}");
        var read = TokenText.parse(made.reveal()).orElseThrow();
        assertThat(read.id()).isEqualTo(made.id());
        assertThat(read.digest()).isEqualTo(made.digest()).hasSize(32);
        assertThat(read).hasToString("fct_" + made.id() + "_***");
    }

    @Property
    void anyOtherTextIsNone(@ForAll long seed, @ForAll("edits") String edit, @ForAll @LongRange(min = 0, max = 60) long at) {
        var text = TokenText.random(new Random(seed)).reveal();
        var cut = (int) Math.min(at, text.length());
        // One character more, or a sign that isn't allowed anywhere.
        assertThat(TokenText.parse(text.substring(0, cut) + edit + text.substring(cut))).isEmpty();
        assertThat(TokenText.parse(text.substring(0, cut)).isPresent()).isEqualTo(cut == text.length());
    }

    @Provide
    static Arbitrary<String> edits() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(3);
    }

    @Property
    void aNameIsNeverTakenForAToken(@ForAll long seed) {
        var token = TokenText.random(new Random(seed));
        for (var name : new String[] {token.reveal(), token.id().text()}) {
            assertThat(catchThrowable(() -> new NewToken(name, Optional.empty(), Set.of(Scope.LOG_READ), Optional.empty())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void aTokenLivesAMomentToThreeYears(@ForAll("days") long nowDay, @ForAll @LongRange(min = -100_000_000, max = 200_000_000) long seconds) {
        var now = Instant.ofEpochSecond(nowDay * 86_400 + Math.floorMod(seconds, 86_400));
        var end = now.plusSeconds(seconds);
        var latest = now.atOffset(ZoneOffset.UTC).plusYears(3).toInstant();
        var wanted = new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.of(end));
        if (seconds > 0 && !end.isAfter(latest)) {
            assertThat(wanted.until(now)).isEqualTo(end);
        } else {
            assertThat(catchThrowable(() -> wanted.until(now))).isInstanceOf(IllegalArgumentException.class);
        }
        var standard = new NewToken("suite", Optional.empty(), Set.of(Scope.LOG_READ), Optional.empty()).until(now);
        assertThat(standard).isEqualTo(now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant());
    }

    /// Leap days among them.
    @Provide
    static Arbitrary<Long> days() {
        return Arbitraries.longs().between(20_000, 40_000);
    }
}
