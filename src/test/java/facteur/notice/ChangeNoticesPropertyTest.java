package facteur.notice;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.fixture.MigratedDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// With changes, waits, and nodes that die at any letter, in any order: each change of an address is told, and to no address twice.
final class ChangeNoticesPropertyTest {
    private static final List<String> SETTINGS = List.of(ChangeNoticesRig.COMPANY, ChangeNoticesRig.OTHER, ChangeNoticesRig.THIRD, "");
    private static final Pattern VERSION = Pattern.compile("(?m)^Version (\\d+), ");

    sealed interface Step {
        record Save(String settings) implements Step {}

        record Wait(int minutes) implements Step {}

        /// @param letters after which the node dies
        record Run(int letters) implements Step {}
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Property(tries = 60)
    void tellsEachChangeAndNoAddressTwice(@ForAll("steps") List<Step> steps) throws Exception {
        var folder = MemoryFolders.create("notices-");
        try (var rig = new ChangeNoticesRig(folder.resolve("state"), MigratedDatabase::open)) {
            var changed = new HashSet<Long>();
            var number = 0L;
            var present = "";
            var company = "";
            for (var step : steps) {
                switch (step) {
                    case Step.Save(var settings) -> {
                        if (!settings.equals(present)) {
                            rig.save("dupont", settings);
                            number++;
                            if (!settings.isEmpty() && !company.isEmpty() && !settings.equals(company)) {
                                changed.add(number);
                            }
                            company = settings.isEmpty() ? company : settings;
                            present = settings;
                        }
                    }
                    case Step.Wait(var minutes) -> rig.time.advance(Duration.ofMinutes(minutes));
                    case Step.Run(var letters) -> run(rig, letters);
                }
            }
            for (var i = 0; i < 3; i++) {
                rig.time.advance(Duration.ofHours(2));
                rig.node(rig::store).run();
            }
            assertThat(told(rig)).doesNotHaveDuplicates();
            assertThat(told(rig).stream().map(each -> Long.valueOf(each.substring(each.indexOf(' ') + 1))).distinct())
                    .containsExactlyInAnyOrderElementsOf(changed);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void run(ChangeNoticesRig rig, int letters) {
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

    /// Address and version, of each letter.
    private static List<String> told(ChangeNoticesRig rig) throws IOException {
        var told = new ArrayList<String>();
        for (var letter : rig.sent) {
            var to = letter.envelope().recipients().getFirst().address();
            VERSION.matcher(ChangeNoticesRig.text(letter)).results().forEach(version -> told.add(to + " " + version.group(1)));
        }
        return told;
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        Arbitrary<Step> saves = Arbitraries.of(SETTINGS).map(Step.Save::new);
        Arbitrary<Step> waits = Arbitraries.of(1, 4, 6, 30, 61).map(Step.Wait::new);
        Arbitrary<Step> runs = Arbitraries.integers().between(1, 4).map(Step.Run::new);
        return Combinators.combine(Arbitraries.just(new Step.Save(ChangeNoticesRig.COMPANY)), Arbitraries.frequencyOf(
                Tuple.of(3, saves), Tuple.of(2, waits), Tuple.of(3, runs)).list().ofMaxSize(30))
                .as((first, others) -> {
                    var all = new ArrayList<Step>(List.of(first));
                    all.addAll(others);
                    return all;
                });
    }
}
