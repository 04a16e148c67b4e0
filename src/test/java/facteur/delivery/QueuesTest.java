package facteur.delivery;

import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.NEVER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.RouteId;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.ReversePath;
import facteur.spool.QueueState;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several upstreams.
final class QueuesTest {
    private static final String IN_ORDER = "upstreams: [{ name: first, kind: capture }, { name: second, kind: capture }]";
    private static final String BY_OFFICE = """
            upstreams: [{ name: ours, kind: capture }, { name: theirs, kind: capture }]
            routes:
              - { office: durand, upstreams: theirs }
              - { upstreams: ours }
            """;
    private static final String BY_DOMAIN = """
            upstreams: [{ name: ours, kind: capture }, { name: partner, kind: capture }]
            routes:
              - { to-domain: [partner.example, "*.partner.example"], upstreams: partner }
              - { upstreams: ours }
            """;

    private Rig rig = new Rig(IN_ORDER);

    @AfterEach
    void close() {
        rig.close();
    }

    private void start(String routes) {
        rig.close();
        rig = new Rig(routes);
        rig.queues.start();
    }

    private Letter accept(Letter letter) throws Exception {
        assertThat(rig.accept(letter)).isEmpty();
        return letter;
    }

    private Letter accept(String... recipients) throws Exception {
        return accept(rig.letter(JAN, recipients));
    }

    @Test
    void takesTheFirstOneThatIsUp() throws Exception {
        start(IN_ORDER);
        rig.awaitState(accept("an@client.example"), QueueState.Ended.class);
        assertThat(rig.upstream("first").letters()).hasSize(1);
        assertThat(rig.upstream("second").letters()).isEmpty();
    }

    @Test
    void goesOnToTheNextInTheSameAttemptWhenOneCannotBeReached() throws Exception {
        start(IN_ORDER);
        rig.upstream("first").does(address -> REFUSED);
        var letter = accept("an@client.example");
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.upstream("second").letters()).containsExactly(letter.id());
        assertThat(rig.spool.tried(letter.id())).singleElement().satisfies(tried -> assertThat(tried.upstream()).isEqualTo("second"));
        assertThat(rig.journal.events(MailEvent.UpstreamFailed.class)).singleElement()
                .satisfies(event -> assertThat(event.upstream()).isEqualTo("first"));
        assertThat(rig.journal.events(MailEvent.Deferred.class)).isEmpty();
    }

    @Test
    void asksTheFirstAgainWithALetterOnceItHasRested() throws Exception {
        start(IN_ORDER);
        rig.upstream("first").does(address -> REFUSED);
        rig.awaitState(accept("an@client.example"), QueueState.Ended.class);
        rig.awaitState(accept("an@client.example"), QueueState.Ended.class);
        assertThat(rig.upstream("first").letters()).hasSize(1);
        rig.upstream("first").does(address -> TAKEN);
        rig.pass(Duration.ofSeconds(1));
        var letter = accept("an@client.example");
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.upstream("first").letters()).endsWith(letter.id());
        assertThat(rig.journal.await(MailEvent.UpstreamRecovered.class, 1).getFirst().upstream()).isEqualTo("first");
    }

    /// It has heard of the letter: another one might be told the same, or get a second copy.
    @Test
    void staysWithTheOneThatHasHeardOfTheLetter() throws Exception {
        start(IN_ORDER);
        for (var outcome : List.of(
                LATER,
                NEVER,
                new Outcome.InDoubt(new FailureCause.Trouble("cut")),
                new Outcome.TempFailed(Stage.DATA, new FailureCause.Trouble("cut")))) {
            rig.upstream("first").does(address -> outcome);
            var letter = accept("an@client.example");
            Awaitility.await().until(() -> !(rig.spool.state(letter.id()).orElseThrow() instanceof QueueState.Active));
        }
        assertThat(rig.upstream("second").letters()).isEmpty();
    }

    @Test
    void waitsWithoutAnAttemptWhenNoneCanBeReachedAndGoesByWhicheverIsBackFirst() throws Exception {
        start(IN_ORDER);
        rig.upstream("first").does(address -> REFUSED);
        rig.upstream("second").does(address -> REFUSED);
        var letter = accept("an@client.example");
        rig.awaitState(letter, QueueState.Deferred.class);
        rig.upstream("second").does(address -> TAKEN);
        // An upstream's turn ends a moment after the letter's: until then it is passed over, and is asked a second later.
        Awaitility.await().until(() -> {
            rig.pass(Duration.ofSeconds(1));
            return rig.spool.state(letter.id()).filter(QueueState.Ended.class::isInstance).isPresent();
        });
        assertThat(rig.upstream("second").letters()).endsWith(letter.id());
        assertThat(rig.spool.attemptsCounted(letter.id())).isEqualTo(1);
    }

    @Test
    void anOfficesOwnUpstreamTakesItsLettersAndNoOthers() throws Exception {
        start(BY_OFFICE);
        var ours = accept("an@client.example");
        var theirs = accept(Rig.of("durand", rig.letter(JAN, "an@client.example")));
        rig.awaitState(ours, QueueState.Ended.class);
        rig.awaitState(theirs, QueueState.Ended.class);
        assertThat(rig.upstream("ours").letters()).containsExactly(ours.id());
        assertThat(rig.upstream("theirs").letters()).containsExactly(theirs.id());
    }

    @Test
    void anUpstreamThatHangsHoldsUpNoOther() throws Exception {
        start(BY_OFFICE);
        var end = new CountDownLatch(1);
        rig.upstream("theirs").does(address -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TAKEN;
        });
        var hanging = new ArrayList<Letter>();
        for (var i = 0; i < 30; i++) {
            hanging.add(accept(Rig.of("durand", rig.letter(JAN, "an@client.example"))));
        }
        rig.awaitState(accept("an@client.example"), QueueState.Ended.class);
        assertThat(hanging).noneMatch(letter -> rig.spool.state(letter.id()).orElseThrow() instanceof QueueState.Ended);
        end.countDown();
        for (var letter : hanging) {
            rig.awaitState(letter, QueueState.Ended.class);
        }
    }

    /// One office's flood is in front of another's letter only with what is being sent, and one of its own for each of the
    /// other's.
    @Test
    void aFloodOfOneOfficeHoldsUpNoOther() throws Exception {
        start(IN_ORDER);
        var end = new CountDownLatch(1);
        rig.upstream("first").does(address -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TAKEN;
        });
        for (var i = 0; i < 300; i++) {
            accept("an@client.example");
        }
        var single = accept(Rig.of("durand", rig.letter(JAN, "an@client.example")));
        end.countDown();
        rig.awaitState(single, QueueState.Ended.class);
        assertThat(rig.upstream("first").letters().indexOf(single.id())).isLessThan(30);
    }

    @Test
    void recipientsOnSeveralRoutesGetALetterOnEach() throws Exception {
        start(BY_DOMAIN);
        var letter = accept("an@client.example", "bo@partner.example", "cy@client.example", "di@eu.partner.example");
        var split = rig.journal.await(MailEvent.Split.class, 1).getFirst();
        assertThat(split.id()).isEqualTo(letter.id().text());
        assertThat(split.into()).hasSize(2).startsWith(letter.id().text());
        Awaitility.await().until(() -> rig.journal.events(MailEvent.Relayed.class).size() == 4);
        assertThat(rig.spool.letters()).extracting(each -> each.envelope().recipients().stream()
                .map(path -> path.address().toString()).toList())
                .containsExactlyInAnyOrder(
                        List.of("an@client.example", "cy@client.example"), List.of("bo@partner.example", "di@eu.partner.example"));
        assertThat(rig.upstream("ours").letters()).containsExactly(letter.id());
        assertThat(rig.upstream("partner").letters()).hasSize(1).doesNotContain(letter.id());
    }

    /// What comes back of a part is about its recipients, which the others don't have.
    @Test
    void eachPartLeavesWithAReturnAddressOfItsOwn() throws Exception {
        start(BY_DOMAIN);
        var letter = rig.letter(JAN, "an@client.example", "bo@partner.example");
        accept(letter.withReversePath(ReversePath.of(Rig.RETURNS.of(ReturnKind.BOUNCE, letter.id()).orElseThrow())));
        rig.journal.await(MailEvent.Relayed.class, 2);
        assertThat(rig.spool.letters()).hasSize(2).allSatisfy(part -> assertThat(part.envelope().reversePath())
                .isEqualTo(ReversePath.of(Rig.RETURNS.of(ReturnKind.BOUNCE, part.id()).orElseThrow())));
    }

    @Test
    void lettersOfARouteThatIsGoneGoByAnother() throws Exception {
        rig.close();
        rig = new Rig(BY_OFFICE);
        var gone = new RouteId("old-one");
        var ours = rig.letter(JAN, "an@client.example");
        var theirs = Rig.of("durand", rig.letter(JAN, "an@client.example"));
        rig.spool.acceptWaiting(Map.of(gone, ours));
        rig.spool.acceptWaiting(Map.of(gone, theirs));
        rig.queues.start();
        rig.queues.reroute();
        rig.awaitState(ours, QueueState.Ended.class);
        rig.awaitState(theirs, QueueState.Ended.class);
        assertThat(rig.upstream("ours").letters()).containsExactly(ours.id());
        assertThat(rig.upstream("theirs").letters()).containsExactly(theirs.id());
    }

    /// Several transactions.
    @Test
    void aLongQueueOfARemovedRouteGoesByAnother() throws Exception {
        rig.close();
        rig = new Rig();
        var gone = new RouteId("old-one");
        for (var i = 0; i < 250; i++) {
            rig.spool.acceptWaiting(Map.of(gone, rig.letter(JAN, "an@client.example")));
        }
        rig.queues.reroute();
        assertThat(rig.spool.waiting(gone, 1)).isEmpty();
        assertThat(rig.spool.waiting(new RouteId("test"), 300)).hasSize(250);
    }

    @Test
    void aSandboxedLetterIsCapturedDespiteTheRoutes() throws Exception {
        start(BY_OFFICE);
        var letter = rig.letter(JAN, "an@client.example");
        assertThat(rig.queues.storeForSandbox(letter, Optional.empty()).deliver()).isEmpty();
        rig.awaitState(letter, QueueState.Ended.class);
        assertThat(rig.upstream("sandbox").letters()).containsExactly(letter.id());
        assertThat(rig.upstream("ours").letters()).isEmpty();
    }
}
