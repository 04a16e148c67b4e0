package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import facteur.fixture.TestTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Whatever an upstream replies, one reply to a command or none: what is believed of each recipient is what it said.
final class ChunkRepliesTest {
    private static final Answer TAKEN = new Answer("250 2.0.0 taken", false, false);
    private static final String MAIL = "MAIL FROM:<app@office.example>";

    /// How one command is answered.
    ///
    /// @param isLost whether the connection ends, behind the reply if there is one
    record Answer(String reply, boolean isLost, boolean isInPieces) {
        Act act() {
            if (isLost) {
                return reply.isEmpty() ? Act.drop() : Act.sayAndDrop(reply);
            }
            return isInPieces ? Act.sayInPieces(reply) : Act.say(reply);
        }

        boolean isYes() {
            return reply.startsWith("2") && !isNone();
        }

        /// Whether it is no whole reply.
        boolean isNone() {
            return !reply.matches("(?s).*\\b\\d{3} [^\r\n]*");
        }
    }

    /// @param isUsed whether another letter went over the connection before
    record Dialogue(boolean isUsed, Answer mail, List<Answer> recipients, Answer chunk) {}

    @Provide
    Arbitrary<Dialogue> dialogues() {
        return Combinators.combine(Arbitraries.of(true, false), answers(), answers().list().ofMinSize(1).ofMaxSize(4), answers())
                .as(Dialogue::new);
    }

    private static Arbitrary<Answer> answers() {
        var yes = Arbitraries.of("250 ok", "250 2.1.5 fine", "250-well\r\n250 yes", "251 elsewhere");
        var no = Arbitraries.of(
                "450 4.2.0 later", "451 4.4.2 idle", "452 full", "452 4.5.3 too many recipients", "550 5.1.1 no", "554 5.7.1 no",
                "552 5.3.4 size", "500 what", "502 5.5.1 what", "503 5.5.1 order", "530 5.7.0 who", "354 go on", "550-no\r\n550 no");
        var lost = Arbitraries.of("", "421 4.3.2 closing", "250 ok", "250-half", "550 5.1.1 no", "nonsense");
        var pieces = Arbitraries.of(true, false);
        return Arbitraries.frequencyOf(
                Tuple.of(8, Combinators.combine(yes, pieces).as((reply, split) -> new Answer(reply, false, split))),
                Tuple.of(5, Combinators.combine(no, pieces).as((reply, split) -> new Answer(reply, false, split))),
                Tuple.of(4, lost.map(reply -> new Answer(reply, true, false))));
    }

    @Property(tries = 400)
    void areBelieved(@ForAll("dialogues") Dialogue dialogue) {
        var time = new TestTime();
        try (var peer = ScriptedUpstream.start().offer("PIPELINING", "CHUNKING")) {
            var names = IntStream.range(0, dialogue.recipients().size()).mapToObj(i -> i + "@x.example").toArray(String[]::new);
            List<Outcome> outcomes;
            int before;
            try (var upstream = Samples.upstream(Samples.smarthost(peer), Samples.breaker(time), time)) {
                if (dialogue.isUsed()) {
                    upstream.relay(Samples.ID, Samples.to("first@x.example"), Samples.HELLO);
                }
                before = peer.letters().size();
                peer.once(MAIL, dialogue.mail().act());
                for (var i = 0; i < dialogue.recipients().size(); i++) {
                    peer.once("RCPT TO:<" + i + "@", dialogue.recipients().get(i).act());
                }
                peer.once("CHUNK", dialogue.chunk().act());
                outcomes = upstream.relay(Samples.ID, Samples.to(names), Samples.HELLO);
            }
            peer.awaitNoConnection();

            var letters = peer.letters().subList(before, peer.letters().size());
            for (var i = 0; i < names.length; i++) {
                check(dialogue, i, letters, outcomes.get(i));
            }
        }
    }

    private static void check(Dialogue dialogue, int recipient, List<TakenLetter> letters, Outcome outcome) {
        var answers = letters.stream()
                .filter(letter -> letter.recipients().contains("RCPT TO:<" + recipient + "@x.example>"))
                .map(letter -> letter.equals(letters.getFirst()) && letter.isChunk() ? dialogue.chunk() : TAKEN)
                .toList();
        var taken = answers.stream().filter(Answer::isYes).count();
        var unanswered = answers.stream().filter(Answer::isNone).count();
        var what = outcome + " of recipient " + recipient + ", " + dialogue;
        switch (outcome) {
            case Outcome.Relayed _ -> assertThat(taken).as(what).isEqualTo(1);
            case Outcome.PermFailed(_, var reply) -> {
                assertThat(taken).as(what).isZero();
                assertThat(said(dialogue, recipient)).as(what).contains(Integer.toString(reply.code()));
            }
            case Outcome.TempFailed _, Outcome.NotTried _ -> assertThat(taken).as(what).isZero();
            // It may contradict itself.
            case Outcome.InDoubt _ -> assertThat(taken).as(what).isLessThanOrEqualTo(dialogue.mail().isYes() ? 0 : 1);
        }
        // A no to MAIL needs no other.
        if (unanswered > 0 && dialogue.mail().isYes()) {
            assertThat(outcome).as(what).isInstanceOf(Outcome.InDoubt.class);
            assertThat(taken + unanswered).as(what).isEqualTo(1);
        }
    }

    private static List<String> said(Dialogue dialogue, int recipient) {
        return Stream.of(dialogue.mail(), dialogue.recipients().get(recipient), dialogue.chunk())
                .filter(answer -> !answer.reply().isEmpty())
                .map(answer -> answer.reply().substring(0, 3))
                .toList();
    }
}
