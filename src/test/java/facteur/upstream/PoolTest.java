package facteur.upstream;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.stall;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.shortTimeouts;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How connections are shared, kept and closed.
class PoolTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
    private final SteadyTime time = SteadyTime.of(now::get);
    private final Breaker breaker = Samples.breaker(time);
    private SmtpUpstream upstream = upstream(2, 100);

    @AfterEach
    void close() {
        peer.close();
        upstream.close();
    }

    @Test
    void usesAConnectionAgain() {
        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");

        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.commands()).doesNotContain("NOOP", "RSET", "QUIT");
    }

    @Test
    void usesAConnectionAgainAfterARefusal() {
        peer.once("RCPT", say("550 5.1.1 unknown"))
                .once("DATA", say("503 5.5.1 to whom?"))
                .once("DATA", say("451 4.3.0 later"))
                .once(".", say("554 5.6.0 no"));

        assertThat(relayed()).isEqualTo("PermFailed RCPT 550 5.1.1 unknown");
        assertThat(relayed()).isEqualTo("TempFailed DATA 451 4.3.0 later");
        assertThat(relayed()).isEqualTo("PermFailed END_OF_DATA 554 5.6.0 no");
        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void opensAFreshConnectionWhenTheIdleOneIsDead() {
        relayed();
        peer.dropConnections();

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void opensAFreshConnectionWhenTheIdleOneSaysGoodbye() {
        relayed();
        peer.once("MAIL", sayAndDrop("421 4.4.2 idle for too long"));

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters()).hasSize(2);
    }

    @Test
    void opensAFreshConnectionWhenTheIdleOneHasSaidGoodbyeUnasked() throws Exception {
        relayed();
        peer.dismiss("421 4.4.2 idle for too long");

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void opensAFreshConnectionWhenTheIdleOneStaysSilent() {
        var brief = Duration.ofMillis(100);
        var ample = Duration.ofSeconds(5);
        upstream = Samples.upstream(
                smarthost(peer).withTimeouts(new Timeouts(ample, brief, ample, ample, ample, ample, ample)), breaker, time);
        relayed();
        peer.once("MAIL", stall());

        assertThat(relayed()).isEqualTo("Relayed 250 2.0.0 taken");
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void triesAFreshConnectionOnlyOnce() {
        relayed();
        peer.when("MAIL", drop());

        assertThat(relayed()).isEqualTo("TempFailed MAIL connection closed by the upstream");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void sendsNothingTwiceOnceThePeerHasAnswered() {
        relayed();
        peer.once(".", drop());

        assertThat(relayed()).isEqualTo("InDoubt connection closed by the upstream");
        assertThat(peer.letters()).hasSize(2);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void closesAConnectionAfterItsLastLetter() {
        upstream = upstream(2, 2);

        relayed();
        relayed();
        peer.awaitNoConnection();
        relayed();

        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.commands()).containsOnlyOnce("QUIT");
    }

    @Test
    void closesAConnectionThatWasIdleForTooLong() {
        relayed();
        now.set(now.get().plusSeconds(29));
        relayed();
        now.set(now.get().plusSeconds(30));
        relayed();

        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.commands()).containsOnlyOnce("QUIT");
    }

    @Test
    void closesAConnectionThatIsTooOld() {
        for (var i = 0; i < 16; i++) {
            relayed();
            now.set(now.get().plusSeconds(20));
        }

        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void reapsWhatIsIdle() {
        relayed();
        upstream.reap();
        assertThat(peer.commands()).doesNotContain("QUIT");

        now.set(now.get().plusSeconds(30));
        upstream.reap();

        assertThat(peer.commands()).endsWith("QUIT");
        peer.awaitNoConnection();
    }

    @Test
    void waitsForTheReplyToQuitOnlyAMoment() {
        upstream = Samples.upstream(smarthost(peer).withTimeouts(shortTimeouts()), breaker, time);
        relayed();
        peer.when("QUIT", stall());

        var start = System.nanoTime();
        upstream.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void relaysNothingOnceClosed() {
        relayed();
        upstream.close();

        assertThat(relayed()).isEqualTo("NotTried closed meanwhile");
        peer.awaitNoConnection();
    }

    @Test
    void keepsToItsNumberOfConnections() {
        var attempts = new ArrayList<CompletableFuture<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 5; i++) {
                attempts.add(CompletableFuture.supplyAsync(this::relayed, threads));
            }
        }

        assertThat(attempts).allMatch(attempt -> attempt.join().startsWith("Relayed"));
        assertThat(peer.mostAtOnce()).isLessThanOrEqualTo(2);
        assertThat(peer.letters()).hasSize(5);
    }

    @Test
    void givesUpWaitingForItsTurn() throws Exception {
        upstream = Samples.upstream(
                smarthost(peer)
                        .withTimeouts(new Timeouts(
                                Duration.ofMillis(30),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1)))
                        .withLimits(new ConnectionLimits(1, 100, Duration.ofMinutes(5), Duration.ofSeconds(30))),
                breaker,
                time);
        peer.once("MAIL", stall());
        var first = Thread.ofVirtual().start(this::relayed);
        peer.awaitCommand("MAIL");

        assertThat(relayed()).isEqualTo("NotTried all 1 connections busy for 0.03s");

        peer.close();
        first.join();
    }

    @Test
    void goesNoFurtherWhenTheUpstreamFailsMeanwhile() throws Exception {
        upstream = upstream(1, 100);
        peer.once("MAIL", stall());
        var first = Thread.ofVirtual().start(this::relayed);
        peer.awaitCommand("MAIL");
        var second = CompletableFuture.supplyAsync(this::relayed);
        Awaitility.await().until(() -> upstream.waiting() == 1);

        breaker.end(breaker.begin(), List.of(new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"))));
        peer.dropConnections();

        assertThat(second.join()).isEqualTo("NotTried refused");
        assertThat(peer.connections()).isEqualTo(1);
        first.join();
    }

    private String relayed() {
        return text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst());
    }

    private SmtpUpstream upstream(int connections, int letters) {
        var limits = new ConnectionLimits(connections, letters, Duration.ofMinutes(5), Duration.ofSeconds(30));
        return Samples.upstream(smarthost(peer).withLimits(limits), breaker, time);
    }
}
