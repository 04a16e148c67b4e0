package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// Whatever happens to letters, and whenever the process is killed: no letter is lost, and none of those whose end is on disk is relayed
/// again.
final class LetterLogPropertyTest {
    enum Step {
        ACCEPT,
        ACCEPT_LARGE,
        RELAY,
        FAIL,
        DEFER,
        COMMAND,
        UPDATE,
        KILL
    }

    /// What the spool has been told, and may have to answer for.
    private static final class Model {
        private final Set<String> accepted = new HashSet<>();
        private final Set<String> waiting = new HashSet<>();
        private final List<LeasedLetter> active = new ArrayList<>();
        /// Ended, and not yet known to be on disk.
        private final Set<String> ending = new HashSet<>();
        private final Set<String> ended = new HashSet<>();

        void onDisk() {
            ended.addAll(ending);
            ending.clear();
        }
    }

    @Property(tries = 60)
    void losesNoLetterAndRelaysNoneTwice(@ForAll long seed, @ForAll @Size(min = 5, max = 40) List<Step> steps) throws Exception {
        var random = new Random(seed);
        var folder = MemoryFolders.create("letter-log-");
        var letters = new Letters();
        var model = new Model();
        var run = 0;
        var open = LoggedSpool.open(folder.resolve("run0"));
        try {
            for (var step : steps) {
                switch (step) {
                    case ACCEPT, ACCEPT_LARGE -> {
                        var size = step == Step.ACCEPT ? random.nextInt(9_000) : 150_000 + random.nextInt(300_000);
                        var leased = open.spool().acceptActive(Letters.ROUTE, letters.letter(Letters.random(size)));
                        model.accepted.add(leased.id().text());
                        model.active.add(leased);
                        if (step == Step.ACCEPT) {
                            model.onDisk();
                        }
                    }
                    case RELAY, FAIL -> end(open, model, random, step == Step.RELAY ? Recipient.Status.RELAYED : Recipient.Status.FAILED);
                    case DEFER -> defer(open, model, random);
                    case COMMAND -> command(open.state());
                    case UPDATE -> {
                        open.update();
                        model.onDisk();
                    }
                    case KILL -> {
                        var killed = folder.resolve("run" + ++run);
                        open.copyTo(killed);
                        open.close();
                        open = LoggedSpool.open(killed);
                        started(open, model);
                    }
                }
            }
            var last = folder.resolve("last");
            open.copyTo(last);
            open.close();
            open = LoggedSpool.open(last);
            started(open, model);
        } finally {
            open.close();
            Folders.delete(folder);
        }
    }

    private static void end(LoggedSpool open, Model model, Random random, Recipient.Status status) throws SpoolException {
        if (!model.active.isEmpty()) {
            var leased = model.active.remove(random.nextInt(model.active.size()));
            var after = leased.recipients().stream().map(each -> new Recipient(each.path(), status, "said")).toList();
            open.spool().settle(leased, after, List.of(), new QueueState.Ended(NOON));
            model.ending.add(leased.id().text());
        }
    }

    private static void defer(LoggedSpool open, Model model, Random random) throws SpoolException {
        if (!model.active.isEmpty()) {
            var leased = model.active.remove(random.nextInt(model.active.size()));
            open.spool().settle(leased, leased.recipients(), List.of(), new QueueState.Deferred(NOON));
            model.waiting.add(leased.id().text());
        }
    }

    private static void command(Path state) throws Exception {
        try (var beside = Database.openBeside(state)) {
            LetterLogReplay.beside(state, beside);
        }
    }

    /// The letters that wait are claimed, and go on as active ones.
    private static void started(LoggedSpool open, Model model) throws Exception {
        var due = new ArrayList<LeasedLetter>();
        while (open.spool().due(Letters.ROUTE, NOON, 1000) instanceof ClaimedWork.Now now && !now.letters().isEmpty()) {
            due.addAll(now.letters());
        }
        var found = new HashSet<String>();
        ids(new ClaimedWork.Now(due, List.of())).forEach(id -> found.add(id.text()));
        var sure = new HashSet<>(model.waiting);
        model.active.forEach(each -> sure.add(each.id().text()));
        assertThat(found).containsAll(sure);
        sure.addAll(model.ending);
        assertThat(sure).containsAll(found);
        var stored = open.database().reading(statements -> statements.list("select id from letter", row -> row.getString(1)));
        assertThat(stored).containsExactlyInAnyOrderElementsOf(model.accepted);
        assertThat(open.database().damage()).isEmpty();
        // Those whose end is lost were relayed, and are again.
        model.ended.addAll(model.ending);
        model.ended.removeAll(found);
        model.ending.clear();
        model.waiting.clear();
        model.active.clear();
        model.active.addAll(due);
    }
}
