package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class OpenRecipientsTest {
    private static final Outcome OTHERS = new Outcome.NotTried(new FailureCause.Trouble("its turn is to come"));
    private static final Outcome SHORT = new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Shortage("descriptors"));
    private static final Outcome SHORT_IS_NOT_TRIED = new Outcome.NotTried(new FailureCause.Shortage("descriptors"));

    /// @param recipient every one when it is none of them
    record Settling(int recipient, Outcome outcome) {}

    /// Settled in any order, several times: the first outcome of each counts.
    @Property
    void keepsTheFirstOutcomeOfEach(
            @ForAll @IntRange(min = 1, max = 5) int number,
            @ForAll("settlings") @Size(max = 8) List<Settling> settlings,
            @ForAll @IntRange(min = 1, max = 6) int most) {
        var recipients = new OpenRecipients(Samples.to(IntStream.range(0, number).mapToObj(i -> i + "@x.example").toArray(String[]::new)));
        var first = new HashMap<Integer, Outcome>();

        for (var settling : settlings) {
            if (settling.recipient() < number) {
                recipients.settle(List.of(settling.recipient()), settling.outcome());
                settle(first, settling.recipient(), settling.outcome());
            } else {
                recipients.settleAll(settling.outcome());
                IntStream.range(0, number).forEach(i -> settle(first, i, settling.outcome()));
            }
        }

        var open = IntStream.range(0, number).filter(i -> !first.containsKey(i)).boxed().toList();
        assertThat(recipients.number()).isEqualTo(open.size());
        assertThat(recipients.remain()).isEqualTo(!open.isEmpty());
        assertThat(recipients.areUntouched()).isEqualTo(open.size() == number);
        assertThat(recipients.first(most)).isEqualTo(open.subList(0, Math.min(most, open.size())));
        assertThat(recipients.outcomes(OTHERS)).isEqualTo(each(number, i -> first.getOrDefault(i, OTHERS)));
        if (open.isEmpty()) {
            assertThat(recipients.outcomes()).isEqualTo(each(number, i -> first.getOrDefault(i, OTHERS)));
        }
    }

    private static void settle(Map<Integer, Outcome> first, int recipient, Outcome outcome) {
        first.putIfAbsent(recipient, outcome.equals(SHORT) ? SHORT_IS_NOT_TRIED : outcome);
    }

    private static List<Outcome> each(int number, IntFunction<Outcome> outcome) {
        return IntStream.range(0, number).mapToObj(outcome).toList();
    }

    @Provide
    Arbitrary<List<Settling>> settlings() {
        var outcomes = Arbitraries.of(
                SHORT,
                new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "unknown")),
                new Outcome.Relayed(Reply.of(250, 0, 0, "taken"), Outcome.SuccessReport.BY_US));
        return Arbitraries.integers().between(0, 5)
                .flatMap(recipient -> outcomes.map(outcome -> new Settling(recipient, outcome)))
                .list();
    }
}
