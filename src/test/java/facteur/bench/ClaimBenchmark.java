package facteur.bench;

import facteur.spool.ClaimedWork;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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

/// Letters of 4 KB out of the spool on SQLite, leased and read, as many at a time as the queue runner asks for. Each can be
/// claimed once: so a round empties a queue that was filled before it.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(2)
public class ClaimBenchmark {
    private static final int LETTERS = 5_000;
    private static final int AT_ONCE = 50;

    /// Those who put letters in share commits.
    private static final int CALLERS = 100;

    /// What waits.
    public enum Waiting {
        /// Letters that have not been tried yet.
        UNTRIED,
        /// Letters that are due again.
        DEFERRED
    }

    @Param
    private Waiting waiting = Waiting.UNTRIED;

    private Optional<BenchSpool> spool = Optional.empty();

    @Setup(Level.Iteration)
    public void fill() throws IOException, SpoolException, SQLException, InterruptedException, ExecutionException {
        var open = new BenchSpool();
        spool = Optional.of(open);
        Callable<Integer> share = () -> {
            for (var i = 0; i < LETTERS / CALLERS; i++) {
                put(open);
            }
            return LETTERS / CALLERS;
        };
        RelayLoad.all(List.copyOf(Collections.nCopies(CALLERS, share)));
    }

    private void put(BenchSpool open) throws SpoolException {
        switch (waiting) {
            case UNTRIED -> open.spool().acceptWaiting(Map.of(BenchSpool.ROUTE, open.letter()));
            case DEFERRED -> {
                var spooled = open.spool().acceptActive(BenchSpool.ROUTE, open.letter());
                open.spool().putOff(spooled, spooled.recipients(), List.of(), Instant.EPOCH);
            }
        }
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        spool.orElseThrow().close();
    }

    @Benchmark
    @OperationsPerInvocation(LETTERS)
    public int claim() throws SpoolException {
        var claimed = 0;
        while (spool.orElseThrow().spool().due(BenchSpool.ROUTE, Instant.now(), AT_ONCE) instanceof ClaimedWork.Now(var letters, _)) {
            claimed += letters.size();
        }
        if (claimed != LETTERS) {
            throw new IllegalStateException(claimed + " letters claimed");
        }
        return claimed;
    }
}
