package facteur.platform.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What comes back of what was appended, be the file whole, torn or damaged.
final class CommitLogPropertyTest {
    private static final int SIZE = 16 << 10;
    private static final int SECTOR = 512;
    private static final long ROUND = 42;

    private static List<byte[]> contents(Random random, int count) {
        var contents = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            var content = new byte[random.nextInt(600)];
            random.nextBytes(content);
            contents.add(content);
        }
        return contents;
    }

    /// A log, what it must still have, and its file as it was before the last append.
    private static final class Run implements AutoCloseable {
        private final Path folder;
        private final Path file;
        private final CommitLog log;
        private final List<byte[]> known = new ArrayList<>();
        private long applied;
        private byte[] before;

        Run(long after) throws IOException {
            folder = MemoryFolders.create("commit-log-");
            file = folder.resolve("log");
            applied = after;
            log = CommitLog.open(file, SIZE, ROUND, after);
            before = Files.readAllBytes(file);
        }

        void append(List<byte[]> contents) throws IOException {
            if (contents.stream().mapToInt(CommitLog::needBytes).sum() > log.roomBytes()) {
                applied = log.next() - 1;
                known.clear();
                log.rewind();
            }
            before = Files.readAllBytes(file);
            log.append(contents);
            known.addAll(contents);
        }

        @Override
        public void close() throws IOException {
            log.close();
            Folders.delete(folder);
        }
    }

    private static Run run(Random random, List<Integer> appends) throws IOException {
        var run = new Run(random.nextInt(1000));
        for (var count : appends) {
            run.append(contents(random, count));
        }
        return run;
    }

    @Property(tries = 200)
    void readsWhatLiesBehindARecord(
            @ForAll long seed, @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> appends) throws IOException {
        try (var run = run(new Random(seed), appends)) {
            for (var skipped = 0; skipped <= run.known.size(); skipped++) {
                var read = CommitLog.read(run.file, ROUND, run.applied + skipped);
                assertThat(read.contents()).containsExactlyElementsOf(run.known.subList(skipped, run.known.size()));
                assertThat(read.end()).isEqualTo(run.applied + run.known.size());
                assertThat(read.lost()).isZero();
            }
        }
    }

    /// The machine died in the last append: any of its sectors may be there.
    @Property(tries = 200)
    void hasAllAppendsButTheOneThatWasCutShort(
            @ForAll long seed, @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 5) Integer> appends) throws IOException {
        var random = new Random(seed);
        try (var run = run(random, appends)) {
            var octets = Files.readAllBytes(run.file);
            for (var at = 0; at < SIZE; at += SECTOR) {
                if (random.nextBoolean()) {
                    System.arraycopy(run.before, at, octets, at, SECTOR);
                }
            }
            var read = CommitLog.parse(ByteBuffer.wrap(octets), ROUND, run.applied);
            var last = appends.getLast();
            assertThat(read.contents()).hasSizeBetween(run.known.size() - last, run.known.size());
            assertThat(run.known.subList(0, read.contents().size())).containsExactlyElementsOf(read.contents());
            assertThat(read.lost()).isZero();
        }
    }

    /// Any record may be damaged. All others that were surely on disk are there, and how many are missing is said.
    @Property(tries = 200)
    void hasAllOthersWhenOneIsDamaged(
            @ForAll long seed, @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 3) Integer> appends) throws IOException {
        var random = new Random(seed);
        try (var run = run(random, appends)) {
            var octets = Files.readAllBytes(run.file);
            var damaged = random.nextInt(run.known.size());
            var at = run.known.subList(0, damaged).stream().mapToInt(CommitLog::needBytes).sum();
            octets[at + random.nextInt(CommitLog.needBytes(run.known.get(damaged)))] ^= (byte) (1 + random.nextInt(255));
            var read = parse(octets, run.applied);
            var sure = run.known.size() - appends.getLast();
            if (damaged < sure) {
                var others = new ArrayList<>(run.known);
                others.remove(damaged);
                assertThat(read.contents()).containsExactlyElementsOf(others);
                assertThat(read.lost()).isEqualTo(1);
                assertThat(read.end()).isEqualTo(run.applied + run.known.size());
            } else {
                assertThat(read.contents()).containsExactlyElementsOf(run.known.subList(0, damaged));
                assertThat(read.lost()).isZero();
            }
        }
    }

    private static CommitLog.Records parse(byte[] octets, long after) throws IOException {
        return CommitLog.parse(ByteBuffer.wrap(octets), ROUND, after);
    }

    @Property(tries = 200)
    void takesAnyOctets(@ForAll byte[] octets, @ForAll @IntRange(max = 5) int after) throws IOException {
        assertThat(parse(octets, after).contents()).isEmpty();
    }
}
