package facteur.bench;

import facteur.platform.config.Document;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// One card of an app as JSON: by the reader of what apps send, and by that of configuration files.
///
/// Public and not final because JMH extends it.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CardTextBenchmark {
    private static final String CARD = """
            {"relation":"R-1042","name":"Bakkerij Peeters","collaborator":["Jan Janssens <jan@dupont.example>"],\
            "substitute":["An Maes <an@dupont.example>"],"responsible":["Marie Dupont <marie@dupont.example>"],"partner":[]}""";

    @Benchmark
    public JsonValue json() throws JsonException {
        return JsonReader.read(CARD);
    }

    @Benchmark
    public Section yaml() {
        return Document.read(CARD, "card", new Problems());
    }
}
