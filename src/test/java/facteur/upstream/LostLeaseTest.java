package facteur.upstream;

import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.breaker;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.to;
import static facteur.upstream.Samples.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.platform.clock.SteadyTime;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A letter that another node may have taken over by now.
final class LostLeaseTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private int asked;

    @AfterEach
    void close() {
        peer.close();
    }

    private List<Outcome> relay(BooleanSupplier isOurs) {
        try (var upstream = upstream(smarthost(peer), breaker(SteadyTime.system()), SteadyTime.system())) {
            return upstream.relay(Samples.ID, to("an@x.example", "bo@x.example"), HELLO, new Upstream.Progress() {
                @Override
                public void settled(List<Outcome> outcomes) {
                    throw new AssertionError("one transaction is enough");
                }

                @Override
                public boolean isOurs() {
                    return isOurs.getAsBoolean();
                }
            });
        }
    }

    @Test
    void isNotBegun() {
        assertThat(relay(() -> false)).hasSize(2).containsOnly(Upstream.Progress.NOT_OURS);
        assertThat(peer.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    /// Neither is the connection used again: what follows would be part of the letter.
    @Test
    void getsNoFinalDot() {
        assertThat(relay(() -> ++asked == 1)).hasSize(2).containsOnly(Upstream.Progress.NOT_OURS);
        assertThat(peer.commands()).anyMatch(command -> command.startsWith("DATA"));
        assertThat(peer.letters()).isEmpty();
        assertThat(peer.octets(1)).doesNotContain("QUIT").doesNotContain("\r\n.\r\n");
    }

    @Test
    void isRelayedWhileItIsOurs() {
        assertThat(relay(() -> true)).hasSize(2).allMatch(Outcome.Relayed.class::isInstance);
        assertThat(peer.letters()).hasSize(1);
    }
}
