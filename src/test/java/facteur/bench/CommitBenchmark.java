package facteur.bench;

import facteur.spool.LeasedLetter;
import facteur.spool.LetterKey;
import facteur.spool.QueueState;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A letter of 4 KB into the spool, as it is before the 250: on disk, on SQLite. `whole` notes its end, too, so that it is
/// two commits. Callers are virtual threads, as the daemon's; JMH's own would spin and wait for each other.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CommitBenchmark {
    /// At a call of JMH's; shared by all callers.
    private static final int LETTERS = 500;

    @Param({"1", "20"})
    private int callers;

    /// Whether each letter has a name of its own, by which it is known when it comes again.
    @Param({"false", "true"})
    private boolean named;

    private Optional<BenchSpool> spool = Optional.empty();

    /// A new one each time, or it would hold more and more.
    @Setup(Level.Iteration)
    public void open() throws IOException, SpoolException, SQLException {
        spool = Optional.of(new BenchSpool());
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        spool.orElseThrow().close();
    }

    @Benchmark
    @OperationsPerInvocation(LETTERS)
    public int accept() throws InterruptedException, ExecutionException {
        return byAll(this::acceptOne);
    }

    @Benchmark
    @OperationsPerInvocation(LETTERS)
    public int whole() throws InterruptedException, ExecutionException {
        return byAll(() -> {
            var spooled = acceptOne();
            spool.orElseThrow().spool().settle(spooled, spooled.recipients(), new QueueState.Ended(Instant.now()));
            return spooled;
        });
    }

    private int byAll(Callable<LeasedLetter> work) throws InterruptedException, ExecutionException {
        Callable<Integer> share = () -> {
            for (var i = 0; i < LETTERS / callers; i++) {
                work.call();
            }
            return LETTERS / callers;
        };
        return RelayLoad.all(List.copyOf(Collections.nCopies(callers, share))).size();
    }

    private LeasedLetter acceptOne() throws SpoolException {
        var open = spool.orElseThrow();
        var letter = open.letter();
        return open.spool().acceptActive(BenchSpool.ROUTE, letter, named ? Optional.of(name()) : Optional.empty());
    }

    /// As random as a digest is.
    private static LetterKey name() {
        var random = ThreadLocalRandom.current();
        return new LetterKey(random.nextLong(), "%024x".formatted(random.nextLong()), "", Duration.ofHours(24));
    }
}
