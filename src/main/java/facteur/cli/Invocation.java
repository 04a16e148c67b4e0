package facteur.cli;

import facteur.act.Operator;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of the command: its words, streams, environment and clock. A verb reads nothing else of its process, so that a
/// test runs verbs in memory. For one thread.
public final class Invocation {
    private final List<String> words;
    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, String> environment;
    private final InstantSource time;
    private final OwnersRights rights = new OwnersRights();

    /// @param words of the command line, without the program's name
    public Invocation(
            InputStream in, PrintWriter out, PrintWriter err, Map<String, String> environment, InstantSource time, String... words) {
        this.words = List.of(words);
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.time = time;
    }

    /// The one that this process was started for.
    public static Invocation ofProcess(String... words) {
        return new Invocation(
                System.in,
                new PrintWriter(System.out, true, Charset.defaultCharset()),
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                System.getenv(),
                InstantSource.system(),
                words);
    }

    List<String> words() {
        return words;
    }

    InputStream in() {
        return in;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    InstantSource time() {
        return time;
    }

    /// The value of an environment variable.
    @Nullable
    String variable(String name) {
        return environment.get(name);
    }

    /// Who gives the command.
    String operator() {
        return Operator.ofProcess(this::variable);
    }

    /// The name of who gives the command.
    String user() {
        return Operator.user(this::variable);
    }

    OwnersRights rights() {
        return rights;
    }
}
