import java.util.Arrays;
import java.util.BitSet;

/**
 * What became of each letter, by its number. A letter is lost when its app got a 250 and it never arrived. A second copy is
 * explained when the upstream had cut its connection between the end of the first one's data and the reply. Thread-safe.
 */
final class Ledger {
    private static final int SHOWN = 20;

    private final BitSet accepted = new BitSet();
    private final BitSet arrived = new BitSet();
    private final BitSet answered = new BitSet();
    private final Times replies = new Times();
    private final Times journeys = new Times();
    private int next;
    private int acceptedLetters;
    private int arrivedLetters;
    private int explained;
    private int unexplained;
    private int strange;
    private int putOffs;
    private int unanswered;
    private int refusals;
    private int fulls;
    private long lastArrival;
    private String lastRefusal = "";

    synchronized int next() {
        return next++;
    }

    synchronized void accepted(int number, long nanos) {
        accepted.set(number);
        acceptedLetters++;
        replies.add(nanos);
    }

    /** Its app will try again. */
    synchronized void putOff() {
        putOffs++;
    }

    /** The relay may have it or not. */
    synchronized void unanswered() {
        unanswered++;
    }

    synchronized void refused(int number, String reply) {
        refusals++;
        lastRefusal = number + ": " + reply;
    }

    /** A recipient was told to come again. */
    synchronized void full() {
        fulls++;
    }

    /**
     * All of it, and the upstream keeps it, whether the relay hears so or not.
     *
     * @param number negative when it isn't one of ours
     */
    synchronized void arrived(int number, long due) {
        if (number < 0) {
            strange++;
        } else if (!arrived.get(number)) {
            arrived.set(number);
            arrivedLetters++;
            lastArrival = System.nanoTime();
            journeys.add(lastArrival - due);
        } else if (answered.get(number)) {
            unexplained++;
        } else {
            explained++;
        }
    }

    synchronized void answered(int number) {
        if (number >= 0) {
            answered.set(number);
        }
    }

    /** All since the start, but for what is late now. */
    synchronized String counts(double lateMillis) {
        return String.format(
                "{\"accepted\": %d, \"arrived\": %d, \"explained\": %d, \"unexplained\": %d, \"strange\": %d, \"put_off\": %d, "
                        + "\"unanswered\": %d, \"refused\": %d, \"last_refusal\": \"%s\", \"full\": %d, \"last_arrival\": %.6f, "
                        + "\"late_ms\": %.1f, \"under_way\": %d}",
                acceptedLetters, arrivedLetters, explained, unexplained, strange, putOffs, unanswered, refusals,
                lastRefusal.replaceAll("[\"\\\\]", "'"), fulls, lastArrival / 1e9, lateMillis,
                next - acceptedLetters - refusals - unanswered);
    }

    /** Milliseconds of those since it was asked last: the reply to the end of data, and the way from due to there. */
    String times() {
        Times reply;
        Times journey;
        synchronized (this) {
            reply = replies.drained();
            journey = journeys.drained();
        }
        return String.format("{\"reply\": %s, \"journey\": %s}", reply.percentiles(), journey.percentiles());
    }

    synchronized String lost() {
        var lost = (BitSet) accepted.clone();
        lost.andNot(arrived);
        var unheard = (BitSet) arrived.clone();
        unheard.andNot(accepted);
        return String.format(
                "{\"lost\": %d, \"first\": %s, \"arrived_without_250\": %d}",
                lost.cardinality(), Arrays.toString(lost.stream().limit(SHOWN).toArray()), unheard.cardinality());
    }
}
