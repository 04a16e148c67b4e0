import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Both ends of a relay in one program: apps that send numbered letters at a pace, and the two upstreams that these and others go
 * to. One clock and one memory, so that what was accepted, what arrived and how late are known exactly.
 *
 * <p>It does what it reads, a command a line, and answers each with a line of JSON. It ends with its input.
 */
public final class Ends {
    private final Ledger ledger = new Ledger();
    private final Pace pace = new Pace();
    private final Sink sink;
    private final Sink later;

    private Ends(String[] arguments) throws IOException {
        sink = new Sink(Integer.parseInt(arguments[1]), ledger);
        later = new Sink(Integer.parseInt(arguments[2]), ledger);
        sink.become(Mood.TAKE);
        later.become(Mood.FULL);
        var connections = Integer.parseInt(arguments[3]);
        for (var i = 0; i < connections; i++) {
            Thread.ofPlatform().daemon().start(new App(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[4]), pace, ledger));
        }
    }

    /** Arguments: the ports of the relay, of the upstream and of the one that is full; connections; octets of a letter. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var ends = new Ends(arguments);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(ends.answer(line.split(" ")));
        }
        System.exit(0);
    }

    private String answer(String[] words) throws IOException {
        switch (words[0]) {
            case "pace" -> pace.set(Double.parseDouble(words[1]));
            case "full" -> pace.full();
            case "stop" -> pace.stop();
            case "sink" -> sink.become(Mood.valueOf(words[1].toUpperCase(Locale.ROOT)));
            case "later" -> later.become(Mood.valueOf(words[1].toUpperCase(Locale.ROOT)));
            case "counts" -> {
                return ledger.counts(pace.lateMillis());
            }
            case "times" -> {
                return ledger.times();
            }
            case "lost" -> {
                return ledger.lost();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "{}";
    }
}
