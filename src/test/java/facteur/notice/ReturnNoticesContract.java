package facteur.notice;

import static facteur.notice.ReturnNoticesRig.REPLY_TO;
import static facteur.notice.ReturnNoticesRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.ReversePath;
import facteur.office.Lookup;
import facteur.platform.database.Database;
import facteur.spool.SpoolException;
import facteur.spool.UntoldReturns;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a return is told, and how often.
abstract class ReturnNoticesContract {
    private static final String APP = "bounces@suite.example";
    private static final String AN = "an@dupont.example";
    private static final String JAN = "jan@dupont.example";

    @TempDir
    private Path temp;

    private ReturnNoticesRig rig;
    private ReturnNotices notices;

    /// With today's tables.
    abstract Database open(Path state) throws SQLException;

    @BeforeEach
    void open() throws Exception {
        rig = new ReturnNoticesRig(temp.resolve("state"), this::open, List.of());
        notices = rig.node(rig::store);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tellsThePeopleAndTheAppAtOnce() throws Exception {
        notices.run();
        assertThat(rig.sent).isEmpty();
        var letter = leaves();
        rig.comesBack(letter, 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.told()).containsExactlyInAnyOrder(AN, JAN, APP);
        assertThat(rig.sent).allSatisfy(sent -> {
            assertThat(sent.envelope().reversePath()).isEqualTo(ReversePath.NULL);
            assertThat(sent.originalReversePath()).isEqualTo(ReversePath.NULL);
            assertThat(sent.provenance().office().text()).isEqualTo("dupont");
            assertThat(sent.provenance().app().text()).isEmpty();
            assertThat(sent.provenance().decision().from().isEmpty()).as("no rule of the office decided").isTrue();
        });
        assertThat(text(rig.to(AN).getFirst())).contains("Subject: Facture n° 118\r\n", "Client: K-0815\r\n",
                "Not delivered to info@client.example:\r\nThis address does not exist.",
                "The answer of mx.client.example:\r\n> 550 no such user\r\n");
        assertThat(ReturnSamples.octets(rig.to(APP).getFirst().message())).contains(
                "Original-Envelope-Id: env118\r\n", "Original-Recipient: rfc822; info@client.example\r\n", "Action: failed\r\n", "Status: 5.1.1\r\n");
        notices.run();
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void gathersWhatComesBackWithinTenMinutesOfTheFirst() throws Exception {
        var letter = leaves();
        rig.comesBack(letter, 0, "failed", "5.1.1");
        notices.run();
        rig.sent.clear();
        rig.time.advance(Duration.ofMinutes(2));
        rig.comesBack(letter, 1, "failed", "5.2.2");
        notices.run();
        rig.time.advance(Duration.ofMinutes(5));
        rig.comesBack(letter, 0, "failed", "4.4.7");
        rig.time.advance(Duration.ofMinutes(3).minusMillis(1));
        notices.run();
        assertThat(rig.sent).isEmpty();
        rig.time.advance(Duration.ofMillis(1));
        notices.run();
        assertThat(rig.told()).containsExactlyInAnyOrder(AN, JAN, APP);
        assertThat(text(rig.to(AN).getFirst())).contains("Not delivered to boek@client.example:\r\nThe mailbox is full.",
                "Not delivered to info@client.example:\r\nThe recipient’s mail system could not be reached");
    }

    @Test
    void tellsOnceOverACrashBetweenTheLetters() throws Exception {
        var letter = leaves();
        rig.comesBack(letter, 0, "failed", "5.1.1", UntoldReturns.Reader.OFFICE);
        var crashing = rig.node(each -> {
            rig.store(each);
            throw new IllegalStateException("killed");
        });
        assertThat(catchThrowable(crashing::run)).hasMessage("killed");
        assertThat(rig.told()).containsExactly(AN);
        var other = rig.node(rig::store);
        other.run();
        assertThat(rig.sent).hasSize(1);
        // What came back meanwhile is no part of what had begun.
        rig.comesBack(letter, 1, "failed", "5.2.2", UntoldReturns.Reader.OFFICE);
        rig.time.advance(Duration.ofMinutes(5));
        other.run();
        assertThat(rig.told()).containsExactly(AN, JAN);
        assertThat(text(rig.to(JAN).getFirst())).contains("info@client.example").doesNotContain("boek@client.example");
        rig.time.advance(Duration.ofMinutes(5));
        other.run();
        assertThat(rig.told()).containsExactly(AN, JAN, AN, JAN);
        assertThat(text(rig.to(JAN).getLast())).contains("boek@client.example").doesNotContain("info@client.example");
    }

    @Test
    void tellsOnceOverACrashBetweenTheLastLetterAndTheEnd() throws Exception {
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        var count = new ArrayList<QueueId>();
        var crashing = rig.node(each -> {
            rig.store(each);
            count.add(each.id());
            if (count.size() == 2) {
                throw new IllegalStateException("killed");
            }
        });
        assertThat(catchThrowable(crashing::run)).hasMessage("killed");
        assertThat(rig.sent).hasSize(2);
        for (var minute = 0; minute < 30; minute++) {
            rig.time.advance(Duration.ofMinutes(1));
            rig.node(rig::store).run();
        }
        assertThat(rig.told()).containsExactlyInAnyOrder(AN, JAN, APP);
    }

    @Test
    void nodesTellOnce() throws Exception {
        var letters = 15;
        for (var i = 0; i < letters; i++) {
            rig.comesBack(leaves(), 0, "failed", "5.1.1");
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
        rig.time.advance(Duration.ofHours(1));
        rig.node(rig::store).run();
        assertThat(rig.to(AN)).hasSize(letters);
        assertThat(rig.to(JAN)).hasSize(letters);
        assertThat(rig.to(APP)).hasSize(letters);
    }

    @Test
    void waitsNoLongerWhenTheClockIsSetBack() throws Exception {
        var letter = leaves();
        rig.comesBack(letter, 0, "failed", "5.1.1", UntoldReturns.Reader.OFFICE);
        notices.run();
        rig.time.advance(Duration.ofMinutes(1));
        rig.comesBack(letter, 1, "failed", "5.1.1", UntoldReturns.Reader.OFFICE);
        rig.time.advance(Duration.ofDays(-30));
        notices.run();
        assertThat(rig.told()).containsExactly(AN, JAN, AN, JAN);
    }

    @Test
    void triesAgainWhatCannotBeStored() throws Exception {
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        var isFull = new AtomicBoolean(true);
        var node = rig.node(letter -> {
            if (isFull.get()) {
                throw new SpoolException("full", new IOException("full"));
            }
            rig.store(letter);
        });
        node.run();
        isFull.set(false);
        node.run();
        assertThat(rig.sent).isEmpty();
        rig.time.advance(Duration.ofMinutes(5));
        node.run();
        assertThat(rig.told()).containsExactlyInAnyOrder(AN, JAN, APP);
    }

    @Test
    void waitsForTheSettingsOfTheOffice() throws Exception {
        var known = rig.office;
        rig.office = new Lookup.Unavailable<>("no connection");
        rig.comesBack(leaves(), 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.told()).containsExactly(APP);
        rig.office = known;
        notices.run();
        assertThat(rig.told()).containsExactly(APP);
        rig.time.advance(Duration.ofMinutes(5));
        notices.run();
        assertThat(rig.told()).containsExactly(APP, AN, JAN);
    }

    /// History is forgotten; what is due of it is no longer.
    @Test
    void forgetsWhatIsForgotten() throws Exception {
        var letter = new QueueId("01m8468qb1dasymv");
        rig.comesBack(letter, 0, "failed", "5.1.1");
        notices.run();
        assertThat(rig.sent).isEmpty();
        assertThat(new UntoldReturns(rig.database).untold(rig.time.instant())).isEmpty();
    }

    private QueueId leaves() throws SpoolException {
        return rig.leaves("<" + APP + ">", REPLY_TO);
    }
}
