package facteur.notice;

import static facteur.notice.ChangeNoticesRig.COMPANY;
import static facteur.notice.ChangeNoticesRig.OTHER;
import static facteur.notice.ChangeNoticesRig.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import facteur.platform.database.Database;
import facteur.platform.log.Erasure;
import facteur.spool.SpoolException;
import facteur.store.HistoryErasure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom a change is told to, when and how often.
abstract class ChangeNoticesContract {
    @TempDir
    private Path temp;

    private ChangeNoticesRig rig;
    private ChangeNotices notices;

    /// With today's tables.
    abstract Database open(Path state) throws SQLException;

    @BeforeEach
    void open() throws Exception {
        rig = new ChangeNoticesRig(temp.resolve("state"), this::open);
        notices = rig.node(rig::store);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tellsBothAddressesAtOnce() throws Exception {
        rig.save("dupont", COMPANY);
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.time.advance(Duration.ofDays(1));
        rig.save("dupont", OTHER);
        notices.run();
        assertThat(rig.recipients()).containsExactly("office@dupont.example", "info@dupont.example");
        assertThat(rig.sent).allMatch(letter -> letter.provenance().office().text().equals("dupont"));
        assertThat(ChangeNoticesRig.text(rig.sent.getFirst())).contains(
                "To: Dupont <office@dupont.example>",
                "Subject: The mail settings of dupont have changed",
                "Version 2, 2026-11-24 08:00 UTC, by suite (by an app)\r\nWhy: moved",
                "    before: Dupont <office@dupont.example>\r\n    now: Dupont <info@dupont.example>",
                "facteur settings restore dupont 1");
        notices.run();
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void gathersLaterChangesForAnHour() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        notices.run();
        rig.sent.clear();
        rig.time.advance(Duration.ofMinutes(10));
        rig.save("dupont", THIRD);
        notices.run();
        rig.time.advance(Duration.ofMinutes(10));
        rig.save("dupont", COMPANY);
        notices.run();
        rig.time.advance(Duration.ofMinutes(39));
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.time.advance(Duration.ofMinutes(1));
        notices.run();
        assertThat(rig.recipients()).containsExactly("info@dupont.example", "office@dupont.example", "third@dupont.example");
        assertThat(ChangeNoticesRig.text(rig.sent.getFirst())).contains("Version 3", "Version 4", "settings restore dupont 2");
    }

    @Test
    void saysNothingOfOtherChangesAndLosesNoTimeByThem() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", "{\"company\":\"Dupont <office@dupont.example>\",\"reply-to\":\"sender\",\"users\":[\"jan@dupont.example\"]}");
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.save("dupont", OTHER);
        notices.run();
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void tellsOfEachAddressThatCounts() throws Exception {
        rig.save("dupont",
                "{\"company\":\"office@dupont.example\",\"contexts\":{\"Invoice\":{\"reply-to\":\"sender\",\"address\":\"eve@evil.example\"}}}");
        notices.run();
        rig.save("dupont",
                "{\"company\":\"office@dupont.example\",\"contexts\":{\"invoice\":{\"reply-to\":\"general\",\"address\":\"eve@evil.example\"}}}");
        rig.save("dupont", "{\"company\":\"office@dupont.example\",\"from\":{\"address\":\"a@dupont.example\",\"name\":\"A\"},"
                + "\"contexts\":{\"invoice\":{\"reply-to\":\"general\",\"address\":\"eve@evil.example\",\"from\":{\"address\":\"b@dupont.example\"}}}}");
        notices.run();
        assertThat(rig.recipients()).containsExactly("office@dupont.example");
        assertThat(ChangeNoticesRig.text(rig.sent.getFirst())).contains(
                "  Where replies to letters of the kind \"invoice\" go\r\n    before: none of its own\r\n    now: eve@evil.example",
                "  The address that letters come from\r\n    before: none of its own\r\n    now: A <a@dupont.example>",
                "  The address that letters of the kind \"invoice\" come from\r\n    before: none of its own\r\n    now: b@dupont.example");
    }

    @Test
    void comparesWhatComesBackWithWhatWasRemoved() throws Exception {
        rig.save("dupont", COMPANY);
        notices.run();
        rig.save("dupont", "");
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.time.advance(Duration.ofDays(1));
        rig.save("dupont", OTHER);
        notices.run();
        assertThat(rig.recipients()).containsExactly("office@dupont.example", "info@dupont.example");
    }

    @Test
    void tellsWhatWasChangedWhileNoNodeRan() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        notices.run();
        rig.node(rig::store).run();
        assertThat(rig.sent).hasSize(2);
        rig.time.advance(Duration.ofHours(2));
        rig.save("dupont", COMPANY);
        rig.node(rig::store).run();
        assertThat(rig.sent).hasSize(4);
    }

    @Test
    void goesOnAfterACrashAndSendsNoLetterTwice() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        var crashing = rig.node(letter -> {
            rig.store(letter);
            throw new IllegalStateException("killed");
        });
        assertThat(catchThrowable(crashing::run)).hasMessage("killed");
        assertThat(rig.recipients()).containsExactly("office@dupont.example");
        var other = rig.node(rig::store);
        other.run();
        assertThat(rig.sent).hasSize(1);
        // Another change meanwhile is no part of what had begun.
        rig.save("dupont", THIRD);
        rig.time.advance(Duration.ofMinutes(5));
        other.run();
        assertThat(rig.recipients()).containsExactly("office@dupont.example", "info@dupont.example");
        rig.time.advance(Duration.ofHours(1));
        other.run();
        assertThat(rig.recipients().subList(2, rig.sent.size())).containsExactly("info@dupont.example", "third@dupont.example");
    }

    @Test
    void triesAgainWhatCannotBeStored() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        var isFull = new AtomicBoolean(true);
        var node = rig.node(letter -> {
            if (isFull.get()) {
                throw new SpoolException("full", new IOException("full"));
            }
            rig.store(letter);
        });
        node.run();
        isFull.set(false);
        rig.time.advance(Duration.ofMinutes(5));
        node.run();
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void saysNothingWhileLettersGoByAnotherSource() throws Exception {
        var isInForce = new AtomicBoolean();
        var node = rig.node(rig::store, isInForce);
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        node.run();
        assertThat(rig.sent).isEmpty();
        isInForce.set(true);
        node.run();
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        notices.run();
        rig.time.advance(Duration.ofDays(-30));
        rig.save("dupont", COMPANY);
        rig.node(rig::store).run();
        assertThat(rig.sent).hasSize(4);
    }

    @Test
    void nodesTellEachOfficeOnce() throws Exception {
        var offices = 30;
        for (var i = 0; i < offices; i++) {
            rig.save("o" + i, COMPANY);
            rig.save("o" + i, OTHER);
        }
        var nodes = 4;
        var together = new CyclicBarrier(nodes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var n = 0; n < nodes; n++) {
                running.add(threads.submit(() -> {
                    together.await();
                    rig.node(rig::store).run();
                    return 0;
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(rig.sent).hasSize(2 * offices);
        assertThat(rig.sent.stream().map(letter -> letter.provenance().office().text() + " " + letter.envelope().recipients()))
                .doesNotHaveDuplicates();
    }

    /// What stands in the place of an erased address is none.
    @Test
    void writesToNoPersonThatWasErased() throws Exception {
        rig.save("dupont", COMPANY);
        rig.save("dupont", OTHER);
        rig.save("dupont", THIRD);
        new HistoryErasure(rig.database, rig.time, Erasure.of("office@dupont.example").orElseThrow()).erase();
        notices.run();
        assertThat(rig.recipients()).containsExactlyInAnyOrder("info@dupont.example", "third@dupont.example");
    }
}
