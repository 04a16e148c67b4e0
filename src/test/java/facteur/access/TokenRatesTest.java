package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenRatesTest {
    private static final TokenId SUITE = new TokenId("0123456789");
    private static final TokenId OTHER = new TokenId("abcdefghjk");

    private final TestTime time = new TestTime();
    private final TokenRates rates = new TokenRates(time);

    private TokenRates.Turn.Granted begin(TokenId token) {
        return (TokenRates.Turn.Granted) rates.begin(token);
    }

    private void ask(int times) {
        IntStream.range(0, times).forEach(_ -> begin(SUITE).close());
    }

    @Test
    void twoRequestsGoOnAtOnce() {
        var first = begin(SUITE);
        var second = begin(SUITE);
        assertThat(rates.begin(SUITE)).isEqualTo(new TokenRates.Turn.Later(Duration.ofSeconds(1), "no more than 2 requests at once with one token"));
        begin(OTHER).close();
        first.close();
        first.close();
        var third = begin(SUITE);
        assertThat(rates.begin(SUITE)).isInstanceOf(TokenRates.Turn.Later.class);
        second.close();
        third.close();
        begin(SUITE).close();
    }

    @Test
    void sixHundredRequestsComeInAMinute() {
        ask(600);
        assertThat(rates.begin(SUITE))
                .isEqualTo(new TokenRates.Turn.Later(Duration.ofSeconds(1), "no more than 600 requests a minute with one token"));
        begin(OTHER).close();
        time.advance(Duration.ofMillis(100));
        ask(1);
        time.advance(Duration.ofHours(1));
        ask(600);
    }

    /// A turn that is refused for the rate isn't held.
    @Test
    void aRefusalHoldsNoTurn() {
        ask(600);
        IntStream.range(0, 5).forEach(_ -> assertThat(rates.begin(SUITE)).isInstanceOf(TokenRates.Turn.Later.class));
        time.advance(Duration.ofSeconds(1));
        begin(SUITE);
        begin(SUITE);
    }

    @Test
    void twoHundredThousandCardsComeInAMinute() {
        assertThat(rates.cards(SUITE, 100_000)).isEmpty();
        assertThat(rates.cards(SUITE, 60_000)).isEmpty();
        assertThat(rates.cards(SUITE, 100_000))
                .contains(new TokenRates.Turn.Later(Duration.ofSeconds(18), "no more than 200000 cards a minute with one token"));
        time.advance(Duration.ofSeconds(18));
        assertThat(rates.cards(SUITE, 100_000)).isEmpty();
        assertThat(rates.cards(OTHER, 1_000_000)).isEmpty();
        assertThat(rates.cards(OTHER, 1)).isPresent();
    }
}
