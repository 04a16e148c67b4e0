package facteur.route;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ObedientUpstream;
import facteur.fixture.TestTime;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.HeaderEncoding;
import facteur.upstream.Breaker;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RouteTest {
    private static final Outcome.TempFailed REFUSED = new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"));

    private final TestTime time = new TestTime();
    private final Hop first = hop("first");
    private final Hop second = hop("second");
    private final Hop third = hop("third");

    private Hop hop(String name) {
        return new Hop(new ObedientUpstream(name), new Breaker(wait -> wait, time));
    }

    private static Route route(Route.Choice... choices) {
        return new Route(List.of(choices), new Random(1));
    }

    private static void fail(Hop hop) {
        hop.breaker().end(hop.breaker().begin(), List.of(REFUSED));
    }

    @Test
    void isCalledByItsUpstreamsInTheirOrder() {
        var route = route(new Route.Choice(first, 2, 1), new Route.Choice(second, 1, 1));
        assertThat(route.id()).isEqualTo(new RouteId("second,first"));
        assertThat(route.turn()).containsExactly(second, first);
    }

    @Test
    void sharesByWeightAmongThoseOfTheSameOrder() {
        var route = route(new Route.Choice(first, 1, 3), new Route.Choice(second, 1, 1), new Route.Choice(third, 2, 9));
        Map<Hop, Long> firsts = IntStream.range(0, 4000)
                .mapToObj(i -> route.turn())
                .peek(turn -> assertThat(turn).hasSize(3).endsWith(third))
                .collect(Collectors.groupingBy(List::getFirst, Collectors.counting()));
        assertThat(firsts.get(first)).isBetween(2850L, 3150L);
        assertThat(firsts.get(second)).isBetween(850L, 1150L);
    }

    @Test
    void everybodyMayStartWhileOneIsUp() {
        var route = route(new Route.Choice(first, 1, 1), new Route.Choice(second, 2, 1));
        fail(first);
        assertThat(route.permit(time.instant())).isEqualTo(new Route.Permit.Unlimited());
        assertThat(route.outage()).isEmpty();
    }

    @Test
    void oneMayProbeWhoeverHasRestedWhenAllAreDown() {
        var route = route(new Route.Choice(first, 1, 1), new Route.Choice(second, 2, 1));
        fail(first);
        time.advance(Duration.ofMillis(500));
        fail(second);
        assertThat(route.outage()).map(Route.Outage::upstream).contains("first");
        assertThat(route.permit(time.instant())).isEqualTo(new Route.Permit.None(Optional.of(time.instant().plusMillis(500))));
        time.advance(Duration.ofMillis(500));
        assertThat(route.permit(time.instant())).isEqualTo(new Route.Permit.Probe(first));
        assertThat(route.permit(time.instant())).isEqualTo(new Route.Permit.None(Optional.of(time.instant().plusMillis(500))));
        first.breaker().noProbe();
        assertThat(route.permit(time.instant())).isEqualTo(new Route.Permit.Probe(first));
    }

    @Test
    void aHeaderHoldsWhatEveryUpstreamTakes() {
        var ascii = new ObedientUpstream("ascii");
        ascii.offers(HeaderEncoding.ASCII);
        Function<Hop, Route.Choice> choice = hop -> new Route.Choice(hop, 1, 1);
        assertThat(route(choice.apply(first)).encoding()).isEqualTo(HeaderEncoding.UTF8);
        assertThat(route(choice.apply(first), choice.apply(new Hop(ascii, first.breaker()))).encoding())
                .isEqualTo(HeaderEncoding.ASCII);
    }
}
