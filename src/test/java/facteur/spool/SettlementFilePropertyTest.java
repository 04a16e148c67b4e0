package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.mail.letter.QueueId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What comes back of settlements that were kept in a file, be it whole or not.
final class SettlementFilePropertyTest {
    private static final QueueId ID = new Letters().letter().id();

    @Property(tries = 500)
    void readsWhatWasWritten(@ForAll("settlements") List<Settlement> settlements) {
        assertThat(SettlementFile.parse(octets(settlements))).isEqualTo(new SettlementFile.Content(settlements, 0));
    }

    /// The process died in the middle of the last line.
    @Property(tries = 500)
    void readsAllWholeLinesOfATornFile(@ForAll("settlements") List<Settlement> settlements, @ForAll Integer cut) {
        var octets = octets(settlements);
        var length = Math.floorMod(cut, octets.length + 1);
        var read = SettlementFile.parse(Arrays.copyOf(octets, length));
        assertThat(read.settlements()).isEqualTo(settlements.subList(0, read.settlements().size()));
        assertThat(read.unreadable()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 500)
    void believesNoLineThatWasChanged(@ForAll("settlements") List<Settlement> settlements, @ForAll Integer place, @ForAll byte octet) {
        var octets = octets(settlements);
        if (octets.length > 0) {
            octets[Math.floorMod(place, octets.length)] ^= octet;
        }
        assertThat(settlements).containsAll(SettlementFile.parse(octets).settlements());
    }

    @Property(tries = 500)
    void takesAnyOctets(@ForAll byte[] octets) {
        assertThat(SettlementFile.parse(octets).settlements()).isEmpty();
    }

    /// Behind half a line, too.
    @Property(tries = 20)
    void addsLinesToAnyContent(@ForAll("settlements") List<Settlement> settlements) throws IOException {
        var folder = MemoryFolders.create("settlements-");
        try {
            Files.writeString(folder.resolve(SettlementFile.NAME), "0badcafe\t1\thalf a li");
            var file = new SettlementFile(folder);
            for (var each : settlements) {
                file.append(each);
            }
            assertThat(file.read()).isEqualTo(new SettlementFile.Content(settlements, 1));
        } finally {
            Folders.delete(folder);
        }
    }

    private static byte[] octets(List<Settlement> settlements) {
        return String.join("", settlements.stream().map(SettlementLine::write).toList()).getBytes(UTF_8);
    }

    @Provide
    static Arbitrary<List<Settlement>> settlements() {
        return Combinators.combine(texts(), instants(), steps(), changes().list().ofMaxSize(3), attempts().list().ofMaxSize(3))
                .as((owner, at, step, changes, attempts) -> new Settlement(ID, new Lease(owner, at.getEpochSecond()), at, changes, attempts, step))
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Settlement.Step> steps() {
        return Arbitraries.oneOf(List.of(
                instants().map(Settlement.Step.Defer::new),
                instants().map(Settlement.Step.PutOff::new),
                texts().map(Settlement.Step.Hold::new),
                instants().map(Settlement.Step.End::new),
                Arbitraries.just(new Settlement.Step.Stay())));
    }

    private static Arbitrary<Settlement.Change> changes() {
        return Combinators.combine(Arbitraries.integers().between(0, 1000), Arbitraries.of(Recipient.Status.class), texts())
                .as(Settlement.Change::new);
    }

    private static Arbitrary<Attempt> attempts() {
        return Combinators.combine(
                Arbitraries.integers(), Arbitraries.integers(), instants(), texts(), texts(), texts(), Arbitraries.of(Attempt.Result.class), texts())
                .as(Attempt::new);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    }

    /// With all that has a meaning in such a file.
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\t\n\r\\tnr é中\u0000\u2028").ofMaxLength(12);
    }

    @Property(tries = 20)
    void keepsToItsLimit(@ForAll("settlements") List<Settlement> settlements) throws IOException {
        var folder = MemoryFolders.create("settlements-");
        try {
            var file = new SettlementFile(folder, 200);
            var kept = new ArrayList<Settlement>();
            for (var each : settlements) {
                try {
                    file.append(each);
                    kept.add(each);
                } catch (IOException full) {
                    assertThat(full).hasMessageContaining("no room");
                }
            }
            assertThat(file.sizeBytes()).isLessThanOrEqualTo(200);
            assertThat(file.read().settlements()).isEqualTo(kept);
        } finally {
            Folders.delete(folder);
        }
    }
}
