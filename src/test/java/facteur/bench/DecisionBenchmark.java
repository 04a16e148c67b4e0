package facteur.bench;

import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySettings;
import facteur.intake.ControlFields;
import facteur.intake.Decider;
import facteur.intake.DecisionResult;
import facteur.mail.message.Header;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.settings.CacheTimes;
import facteur.settings.FilesSource;
import facteur.settings.SettingsCache;
import facteur.settings.SettingsSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The whole decision on a letter whose office and card are cached: control fields, settings, rules. The office is that of
/// `conf/offices`; the letter about an invoice needs its card too, the general one the office alone.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecisionBenchmark {
    private static final OfficeId OFFICE = new OfficeId("dupont");
    private static final RelationId RELATION = new RelationId("R-1042");
    private static final Address SHARED = Address.of("inbox@example.org");
    private static final InstantSource TIME = InstantSource.system();

    private final Header general = header("");
    private final Header invoice = header("X-Context: invoice\r\nX-Relation-Id: R-1042\r\n");
    private final Decider overFiles;
    private final Decider overMemory;

    public DecisionBenchmark() {
        var files = new FilesSource(Path.of("conf", "offices"), SHARED, Roles.DEFAULT, TIME);
        overFiles = judge(files);
        overMemory = judge(new MemorySettings()
                .with(found(files.office(OFFICE)))
                .with(OFFICE, RELATION, found(files.relation(OFFICE, RELATION))));
    }

    @Benchmark
    public DecisionResult generalOverFiles() {
        return decide(overFiles, general);
    }

    @Benchmark
    public DecisionResult generalOverMemory() {
        return decide(overMemory, general);
    }

    @Benchmark
    public DecisionResult invoiceOverFiles() {
        return decide(overFiles, invoice);
    }

    @Benchmark
    public DecisionResult invoiceOverMemory() {
        return decide(overMemory, invoice);
    }

    private static DecisionResult decide(Decider judge, Header header) {
        return switch (ControlFields.read(header)) {
            case Parsed.Good<ControlFields>(var control) -> judge.judge(OFFICE, control, header, HeaderEncoding.ASCII);
            case Parsed.Bad<ControlFields>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static Decider judge(SettingsSource source) {
        var times = new CacheTimes(Duration.ofSeconds(60), Duration.ofHours(24), Duration.ofSeconds(10), 500_000);
        var cache = new SettingsCache(source, times, TIME, Executors.newVirtualThreadPerTaskExecutor(), (_, _) -> {});
        var domains = new DomainRegistry(Set.of("dupont.example"));
        return new Decider(cache, domains, new Policy(SHARED, UnknownContext.GENERAL), _ -> HeaderEncoding.ASCII);
    }

    private static <T> T found(Lookup<T> lookup) {
        return switch (lookup) {
            case Lookup.Found<T>(var value, _) -> value;
            case Lookup.Missing<T> _ -> throw new AssertionError("the sample office is not there");
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.why());
        };
    }

    private static Header header(String controlFields) {
        return Header.parse((SampleLetter.HEADER + controlFields).getBytes(StandardCharsets.US_ASCII));
    }
}
