package facteur.upstream;

import static facteur.fixture.Act.drop;
import static facteur.fixture.Act.say;
import static facteur.fixture.Act.sayAndDrop;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.breaker;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A letter with more recipients than the upstream takes in a transaction.
final class ManyRecipientsTest {
    private static final String TAKEN = "Relayed 250 2.0.0 taken";

    private final TestTime time = new TestTime();
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private SmtpUpstream upstream = upstream(smarthost(peer));

    @AfterEach
    void close() {
        peer.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "452 4.5.3 Too many recipients",
        "452 too many recipients",
        "452 4.5.3 Error: too many recipients",
        "452 sorry",
        "552 Too many recipients",
        "552 5.5.3 too many",
        "552 sorry",
        "451 4.5.3 later",
        "550 5.5.3 recipient limit",
        "550 too many recipients",
        "554 5.7.1 Maximum number of recipients reached",
    })
    void sendsTheOthersAtOnceInAnotherTransaction(String reply) {
        peer.whenMoreRecipientsThan(10, reply);

        assertThat(relay(35)).isEqualTo(Collections.nCopies(35, TAKEN));
        assertThat(sizes()).containsExactly(10, 10, 10, 5);
        assertThat(peer.letters().stream().flatMap(letter -> letter.recipients().stream()).distinct()).hasSize(35);
        assertThat(peer.letters()).extracting(TakenLetter::data).allMatch(data -> data.equals(peer.letters().getFirst().data()));
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void sendsThemOneByOneWithoutPipelining() {
        peer.offer("8BITMIME").whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");

        assertThat(relay(5)).isEqualTo(Collections.nCopies(5, TAKEN));
        assertThat(sizes()).containsExactly(2, 2, 1);
    }

    @Test
    void asksForNoMoreThanAreTakenFromThenOn() {
        peer.whenMoreRecipientsThan(10, "452 4.5.3 Too many recipients");
        relay(30);
        relay(30);

        assertThat(sizes()).containsExactly(10, 10, 10, 10, 10, 10);
        assertThat(peer.transcript().stream().filter(line -> line.startsWith("S: 452"))).hasSize(20);

        // A day later it may take more.
        time.advance(Duration.ofDays(1));
        peer.recover();
        relay(30);
        assertThat(sizes().getLast()).isEqualTo(30);
    }

    @Test
    void splitsALetterByItself() {
        upstream = upstream(smarthost(peer).withRecipients(50));

        assertThat(relay(120)).isEqualTo(Collections.nCopies(120, TAKEN));
        assertThat(sizes()).containsExactly(50, 50, 20);
    }

    @ParameterizedTest
    @CsvSource({
        "554 Transaction failed: Recipient count exceeds 50., 50 50 20",
        "552 5.5.3 too many,                                  60 60",
    })
    void sendsLessWhenOnlyTheEndTellsThatItIsTooMuch(String reply, String sizes) {
        peer.once(".", say(reply));

        assertThat(relay(120)).isEqualTo(Collections.nCopies(120, TAKEN));
        // The first one counts as a letter of the fixture, which has read it to its dot.
        assertThat(sizes().stream().skip(1).map(Object::toString)).isEqualTo(List.of(sizes.split(" ")));
    }

    @Test
    void goesOnOverAFreshConnectionWhenTheOldOneEndsBetween() {
        peer.whenMoreRecipientsThan(10, "452 4.5.3 Too many recipients");
        upstream = upstream(smarthost(peer).withLimits(new ConnectionLimits(1, 2, Duration.ofMinutes(5), Duration.ofSeconds(30))));

        assertThat(relay(35)).isEqualTo(Collections.nCopies(35, TAKEN));
        assertThat(sizes()).containsExactly(10, 10, 10, 5);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void goesOnOverAFreshConnectionWhenTheHostHangsUpAtTheSurplus() {
        peer.whenMoreRecipientsThan(10, "452 4.5.3 Too many recipients").once("RCPT TO:<r15@", sayAndDrop("421 4.7.0 too many errors"));

        assertThat(relay(20)).isEqualTo(Collections.nCopies(20, TAKEN));
        assertThat(sizes()).containsExactly(10, 10);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "452 4.5.3 Too many recipients",
        "452 sorry",
        "552 sorry",
        "550 5.5.3 Too many recipients in this session",
        "554 too many recipients",
    })
    void goesOnOverAFreshConnectionWhenTheOldOneHasHadTooMany(String reply) {
        relay(1);
        peer.once("RCPT TO:<r0@", say(reply)).once("RCPT TO:<r1@", say(reply));

        assertThat(relay(2)).isEqualTo(Collections.nCopies(2, TAKEN));
        assertThat(sizes()).containsExactly(1, 2);
        assertThat(peer.connections()).isEqualTo(2);
    }

    /// A host that counts the recipients of a connection across letters.
    @Test
    void learnsNothingOfLettersFromAConnectionThatHasHadTooMany() {
        relay(1);
        peer.once("RCPT TO:<r1@", say("452 4.5.3 Too many recipients")).once("RCPT TO:<r2@", say("452 4.5.3 Too many recipients"));
        peer.once("RCPT TO:<r1@", say("452 4.5.3 Too many recipients"));

        assertThat(relay(3)).isEqualTo(Collections.nCopies(3, TAKEN));
        assertThat(sizes()).containsExactly(1, 1, 2);
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void sendsTheOthersOverAFreshConnectionWhenTheHostHangsUpAtOneTooMany() {
        peer.once("RCPT TO:<r3@", sayAndDrop("421 4.5.3 Too many recipients"));

        assertThat(relay(5)).isEqualTo(Collections.nCopies(5, TAKEN));
        assertThat(sizes()).containsExactly(3, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void sendsHalfAsManyWhenTheHostHangsUpWithoutAWord(String offer) {
        peer.offer(offer).once("RCPT TO:<r3@", drop());

        assertThat(relay(5)).isEqualTo(Collections.nCopies(5, TAKEN));
        assertThat(sizes()).containsExactly(2, 2, 1);
    }

    @Test
    void takesAHostThatEndsAtARecipientForOneInTrouble() {
        peer.once("RCPT TO:<r3@", sayAndDrop("421 4.3.2 Going down"));

        assertThat(relay(5)).isEqualTo(Collections.nCopies(5, "TempFailed RCPT 421 4.3.2 Going down"));
        assertThat(peer.letters()).isEmpty();
    }

    /// By its code alone the reply may mean the number; that the next one is taken shows that it doesn't.
    @Test
    void takesAFullMailboxForWhatItIs() {
        peer.when("RCPT TO:<r1@", say("452 full"));

        assertThat(relay(4)).containsExactly(TAKEN, "TempFailed RCPT 452 full", TAKEN, TAKEN);
        assertThat(sizes()).containsExactly(3);
        relay(3);
        assertThat(sizes()).containsExactly(3, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "8BITMIME"})
    void learnsNothingFromAFullMailboxAtTheEnd(String offer) {
        peer.offer(offer).when("RCPT TO:<r1@", say("452 full"));

        assertThat(relay(2)).containsExactly(TAKEN, "TempFailed RCPT 452 full");
        peer.recover();
        relay(3);
        assertThat(sizes()).containsExactly(1, 3);
    }

    @Test
    void triesAgainLaterWhenNoneIsTaken() {
        peer.whenMoreRecipientsThan(0, "550 5.5.3 too many recipients");

        assertThat(relay(3)).isEqualTo(Collections.nCopies(3, "TempFailed RCPT 550 5.5.3 too many recipients"));
    }

    @Test
    void asksNoMoreWhenNoneIsTakenWithoutPipelining() {
        peer.offer("8BITMIME").whenMoreRecipientsThan(0, "452 4.5.3 too many recipients");

        assertThat(relay(3)).isEqualTo(Collections.nCopies(3, "TempFailed RCPT 452 4.5.3 too many recipients"));
        assertThat(peer.commands().stream().filter(command -> command.startsWith("RCPT"))).hasSize(1);
    }

    @Test
    void givesEachItsOwnOutcome() {
        peer.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");
        peer.when("RCPT TO:<r3@", say("550 5.1.1 unknown")).once(".", say("250 2.0.0 first")).once(".", say("554 5.7.1 spam"));

        assertThat(relay(6))
                .containsExactly(
                        "Relayed 250 2.0.0 first",
                        "Relayed 250 2.0.0 first",
                        "PermFailed END_OF_DATA 554 5.7.1 spam",
                        "PermFailed RCPT 550 5.1.1 unknown",
                        "PermFailed END_OF_DATA 554 5.7.1 spam",
                        TAKEN);
    }

    @Test
    void stopsWhenALetterIsInDoubt() {
        peer.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients").once(".", say("250 2.0.0 first")).once(".", drop());

        assertThat(relay(6))
                .containsExactly(
                        "Relayed 250 2.0.0 first",
                        "Relayed 250 2.0.0 first",
                        "InDoubt connection closed by the upstream",
                        "InDoubt connection closed by the upstream",
                        "NotTried connection closed by the upstream",
                        "NotTried connection closed by the upstream");
    }

    @Test
    void stopsWhenTheUpstreamIsInTrouble() {
        peer.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");
        peer.once(".", say("250 2.0.0 first")).once(".", say("550 5.4.5 Daily user sending limit exceeded."));

        assertThat(relay(5))
                .containsExactly(
                        "Relayed 250 2.0.0 first",
                        "Relayed 250 2.0.0 first",
                        "TempFailed END_OF_DATA 550 5.4.5 Daily user sending limit exceeded.",
                        "TempFailed END_OF_DATA 550 5.4.5 Daily user sending limit exceeded.",
                        "NotTried 550 5.4.5 Daily user sending limit exceeded.");
    }

    @Test
    void tellsHowFarItHasCome() {
        peer.whenMoreRecipientsThan(2, "452 4.5.3 Too many recipients");
        var steps = new ArrayList<List<Outcome>>();

        upstream.relay(ID, to(recipients(5)), HELLO, steps::add);

        assertThat(steps).extracting(step -> step.stream().filter(Outcome.Relayed.class::isInstance).count()).containsExactly(2L, 4L);
        assertThat(steps).allMatch(step -> step.size() == 5 && step.getLast() instanceof Outcome.NotTried);
    }

    private List<String> relay(int number) {
        return upstream.relay(ID, to(recipients(number)), HELLO).stream().map(Samples::text).toList();
    }

    private List<Integer> sizes() {
        return peer.letters().stream().map(letter -> letter.recipients().size()).toList();
    }

    private static String[] recipients(int number) {
        return IntStream.range(0, number).mapToObj(i -> "r" + i + "@x.example").toArray(String[]::new);
    }

    private SmtpUpstream upstream(Smarthost smarthost) {
        return Samples.upstream(smarthost, breaker(time), time);
    }
}
