package facteur.upstream;

import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.fixture.Act.sayWhen;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.RecordingJournal;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// An upstream that serves five connections, and turns away the sixth.
final class CrowdedUpstreamTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final Breaker breaker = Samples.breaker(time);
    private final SmtpUpstream upstream = new SmtpUpstream(smarthost(peer), new SendingRate(List.of()), breaker, SevenBitForm.NONE, journal, time);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        peer.close();
        upstream.close();
        threads.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("CONNECT", sayAndDrop("421 4.7.0 too many connections")),
                Arguments.of("CONNECT", Act.drop()),
                Arguments.of("MAIL", sayAndDrop("421 4.4.5 busy")),
                Arguments.of("MAIL", say("454 Throttling failure: Maximum sending rate exceeded.")),
                Arguments.of(".", say("432 4.3.2 Concurrent connections limit exceeded")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void relaysAllOverThoseItIsLeft(String cue, Act refusal) throws Exception {
        var served = new CountDownLatch(1);
        peer.whenMoreThan(5, cue, refusal).when(".", sayWhen(served, "250 2.0.0 taken"));

        var letters = relay(40);
        Awaitility.await().until(() -> upstream.connectionLimit().orElseThrow() == 5);
        served.countDown();

        assertThat(letters).allSatisfy(letter -> assertThat(letter.get(10, TimeUnit.SECONDS)).isEqualTo("Relayed 250 2.0.0 taken"));
        upstream.reap();
        upstream.reap();
        assertThat(upstream.connectionLimit()).hasValue(5);
        assertThat(journal.events(MailEvent.UpstreamThrottled.class))
                .singleElement()
                .extracting(MailEvent.UpstreamThrottled::connections)
                .isEqualTo(5);
    }

    @Test
    void triesOneMoreAfterARestAndTellsNothingOfItWhenItIsRefused() throws Exception {
        var first = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        peer.whenMoreThan(5, "CONNECT", sayAndDrop("421 4.7.0 too many connections"));
        peer.when("RCPT TO:<first@", sayWhen(first, "250 2.1.5 ok")).when("RCPT TO:<bob@", sayWhen(others, "250 2.1.5 ok"));
        var letters = new ArrayList<>(List.of(relay("first@x.example")));
        letters.addAll(relay(4));
        Awaitility.await().until(() -> rcpts() == 5);
        for (var i = 0; i < 30; i++) {
            letters.add(relay("first@x.example"));
        }
        Awaitility.await().until(() -> upstream.waiting() == 30);
        assertThat(upstream.connectionLimit()).hasValue(5);
        var before = refusals421();
        upstream.reap();

        time.advance(Throttle.SHORTEST);
        first.countDown();
        // Once five went over the one connection while the others were in use, a sixth is tried.
        Awaitility.await().until(() -> refusals421() == before + 1);
        others.countDown();
        var said = new ArrayList<String>();
        for (var letter : letters) {
            said.add(letter.get(10, TimeUnit.SECONDS));
        }
        // The one that was turned away has waited for ten seconds by now, and its turn takes five.
        assertThat(said.stream().filter(text -> !text.equals("Relayed 250 2.0.0 taken")))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(text -> text.startsWith("NotTried "));
        assertThat(refusals421()).isEqualTo(before + 1);
        assertThat(upstream.connectionLimit()).hasValue(5);
        upstream.reap();
        assertThat(journal.events(MailEvent.UpstreamThrottled.class)).hasSize(1);
    }

    private long rcpts() {
        return peer.commands().stream().filter(command -> command.startsWith("RCPT")).count();
    }

    private long refusals421() {
        return peer.transcript().stream().filter(line -> line.startsWith("S: 421")).count();
    }

    @Test
    void isDownWhenNobodyIsServed() {
        peer.when("CONNECT", sayAndDrop("421 4.7.0 too many connections"));

        assertThat(relayed()).isEqualTo("TempFailed GREETING 421 4.7.0 too many connections");
        assertThat(upstream.connectionLimit()).hasValue(20);
    }

    @Test
    void givesBackALetterThatIsTurnedAwayAgainAndAgain() throws Exception {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        peer.when("RCPT TO:<first@", sayWhen(first, "250 2.1.5 ok"));
        peer.when("RCPT TO:<second@", sayWhen(second, "250 2.1.5 ok"));
        peer.when("RCPT TO:<poison@", sayAndDrop("421 4.3.2 poison"));
        var others = List.of(relay("first@x.example"), relay("second@x.example"));
        peer.awaitCommand("RCPT TO:<first@");
        peer.awaitCommand("RCPT TO:<second@");

        var poison = relay("poison@x.example");
        Awaitility.await().until(() -> upstream.connectionLimit().orElseThrow() == 2);
        first.countDown();
        Awaitility.await().until(() -> upstream.connectionLimit().orElseThrow() == 1);
        second.countDown();

        assertThat(poison.get(10, TimeUnit.SECONDS)).isEqualTo("TempFailed RCPT 421 4.3.2 poison");
        // Over a connection that has served before each try has a second one, over a fresh one.
        assertThat(peer.commands().stream().filter(command -> command.startsWith("RCPT TO:<poison@"))).hasSizeBetween(3, 6);
        for (var other : others) {
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("Relayed 250 2.0.0 taken");
        }
    }

    private CompletableFuture<String> relay(String recipient) {
        return CompletableFuture.supplyAsync(
                () -> text(upstream.relay(ID, to(recipient), HELLO).getFirst()), threads);
    }

    private List<CompletableFuture<String>> relay(int letters) {
        var relayed = new ArrayList<CompletableFuture<String>>();
        for (var i = 0; i < letters; i++) {
            relayed.add(CompletableFuture.supplyAsync(this::relayed, threads));
        }
        return relayed;
    }

    private String relayed() {
        return text(upstream.relay(ID, to("bob@x.example"), HELLO).getFirst());
    }
}
