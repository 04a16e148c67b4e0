package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.fixture.MigratedDatabase;
import facteur.mail.letter.QueueId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// With returns, waits, a clock that is set back, and nodes that die at any letter, in any order: each return is told to each person
/// once.
final class ReturnNoticesPropertyTest {
    private static final Pattern RETURNED = Pattern.compile("Not delivered to (\\w+)@client\\.example:");

    sealed interface Step {
        /// @param letter that comes back
        record ComesBack(int letter) implements Step {}

        record Wait(int minutes) implements Step {}

        /// @param letters after which the node dies
        record Run(int letters) implements Step {}
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Property(tries = 50)
    void tellsEachReturnToEachPersonOnce(@ForAll("steps") List<Step> steps) throws Exception {
        var folder = MemoryFolders.create("returns-");
        try (var rig = new ReturnNoticesRig(folder.resolve("state"), MigratedDatabase::open, List.of())) {
            var letters = new ArrayList<QueueId>();
            for (var i = 0; i < 2; i++) {
                letters.add(rig.leaves("<>", ReturnNoticesRig.REPLY_TO));
            }
            var count = 0;
            for (var step : steps) {
                switch (step) {
                    case Step.ComesBack(var letter) -> rig.comesBack(letters.get(letter), "r" + count++ + "@client.example");
                    case Step.Wait(var minutes) -> rig.time.advance(Duration.ofMinutes(minutes));
                    case Step.Run(var stored) -> run(rig, stored);
                }
            }
            for (var i = 0; i < 3; i++) {
                rig.time.advance(Duration.ofHours(2));
                rig.node(rig::store).run();
            }
            var expected = IntStream.range(0, count).mapToObj(i -> "r" + i)
                    .flatMap(each -> List.of("an@dupont.example " + each, "jan@dupont.example " + each).stream())
                    .toList();
            assertThat(told(rig)).containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void run(ReturnNoticesRig rig, int letters) {
        var left = new int[] {letters};
        var node = rig.node(letter -> {
            rig.store(letter);
            if (--left[0] == 0) {
                throw new Killed();
            }
        });
        try {
            node.run();
        } catch (Killed _) {
            // Another goes on.
        }
    }

    /// Person and return, of each notice.
    private static List<String> told(ReturnNoticesRig rig) throws Exception {
        var told = new ArrayList<String>();
        for (var letter : rig.sent) {
            var to = letter.envelope().recipients().getFirst().address();
            RETURNED.matcher(ReturnNoticesRig.text(letter)).results().forEach(found -> told.add(to + " " + found.group(1)));
        }
        return told;
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        Arbitrary<Step> returns = Arbitraries.of(0, 1).map(Step.ComesBack::new);
        Arbitrary<Step> waits = Arbitraries.of(1, 4, 6, 11, 61, -30).map(Step.Wait::new);
        Arbitrary<Step> runs = Arbitraries.integers().between(1, 4).map(Step.Run::new);
        return Arbitraries.frequencyOf(Tuple.of(3, returns), Tuple.of(2, waits), Tuple.of(3, runs)).list().ofMaxSize(25);
    }
}
