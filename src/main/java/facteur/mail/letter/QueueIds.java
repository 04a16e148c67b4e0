package facteur.mail.letter;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Makes queue ids: 50 bits of time in milliseconds, 30 bits of chance. Two letters of one millisecond share an id once
/// in a thousand million pairs; the spool's primary key refuses the second, and the app is asked to try again.
///
/// Thread-safe when the generator is.
public final class QueueIds {
    static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final InstantSource time;
    private final RandomGenerator random;

    public QueueIds(InstantSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    public QueueId next() {
        var text = new StringBuilder(16);
        append(text, time.millis(), 50);
        append(text, random.nextInt() & 0x3FFF_FFFFL, 30);
        return new QueueId(text.toString());
    }

    /// What every id of an earlier instant sorts before, and no other.
    public static String lowest(Instant instant) {
        var text = new StringBuilder(10);
        append(text, instant.toEpochMilli(), 50);
        return text.toString();
    }

    /// When it was made, by the clock at that time.
    public static Instant madeAt(QueueId id) {
        var millis = 0L;
        for (var character : id.text().substring(0, 10).toCharArray()) {
            millis = millis << 5 | ALPHABET.indexOf(character);
        }
        return Instant.ofEpochMilli(millis);
    }

    /// Five bits a character, the highest first.
    private static void append(StringBuilder text, long bits, int count) {
        for (var shift = count - 5; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
        }
    }
}
