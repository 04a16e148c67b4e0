package facteur.spool;

import facteur.mail.letter.QueueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A move of letters in the background, and how far it is. Thread-safe.
public final class QueueMove {
    /// The most letters that are remembered, so that what was done to them can be undone.
    static final int MOST_IDS = 100_000;

    /// Which letters.
    public sealed interface Selection {
        record Named(List<QueueId> ids) implements Selection {
            public Named {
                ids = List.copyOf(ids);
            }
        }

        record Fitting(QueueFilter filter) implements Selection {}
    }

    /// How it stands at one moment. Immutable.
    ///
    /// @param total of letters to be looked at, as counted before
    /// @param counts how many became what
    /// @param trouble why it ended before it was done
    public record Progress(long total, Map<MoveResult, Long> counts, boolean isEnded, Optional<String> trouble) {
        /// How many were looked at.
        public long done() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /// How many aren't as they were.
        public long changed() {
            return counts.entrySet().stream().filter(each -> each.getKey().isChange()).mapToLong(Map.Entry::getValue).sum();
        }
    }

    private final String id;
    private final QueueAct act;
    private final Selection selection;
    private final String operator;
    private final String command;
    private final Instant startedAt;
    private final long total;
    private final Map<MoveResult, Long> counts = new EnumMap<>(MoveResult.class);
    private final List<QueueId> changed = new ArrayList<>();
    private boolean isEnded;
    private boolean isUndone;
    private Optional<String> trouble = Optional.empty();

    QueueMove(String id, QueueAct act, Selection selection, String operator, String command, Instant startedAt, long total) {
        this.id = id;
        this.act = act;
        this.selection = selection;
        this.operator = operator;
        this.command = command;
        this.startedAt = startedAt;
        this.total = total;
    }

    public String id() {
        return id;
    }

    public QueueAct act() {
        return act;
    }

    Selection selection() {
        return selection;
    }

    /// Who began it.
    public String operator() {
        return operator;
    }

    /// As `facteur` would do it.
    public String command() {
        return command;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public synchronized Progress progress() {
        return new Progress(total, Collections.unmodifiableMap(new EnumMap<>(counts)), isEnded, trouble);
    }

    /// The act that takes it back, if there is one.
    public Optional<QueueAct> opposite() {
        return switch (act) {
            case HOLD -> Optional.of(QueueAct.RELEASE);
            case RELEASE -> Optional.of(QueueAct.HOLD);
            case RETRY, REMOVE -> Optional.empty();
        };
    }

    /// Whether [QueueMoves#undo] takes it back.
    public synchronized boolean isUndoable() {
        return isEnded && !isUndone && opposite().isPresent() && !changed.isEmpty() && changed.size() < MOST_IDS;
    }

    /// @return the letters that it changed; empty when it can't be undone, or was
    synchronized List<QueueId> undo() {
        if (!isUndoable()) {
            return List.of();
        }
        isUndone = true;
        return List.copyOf(changed);
    }

    synchronized void moved(List<QueueId> ids, List<MoveResult> results) {
        for (var i = 0; i < results.size(); i++) {
            counts.merge(results.get(i), 1L, Long::sum);
            if (results.get(i).isChange() && changed.size() < MOST_IDS) {
                changed.add(ids.get(i));
            }
        }
    }

    synchronized void end(Optional<String> why) {
        isEnded = true;
        trouble = why;
        notifyAll();
    }

    /// Waits for its end, for so long at most.
    synchronized void await(long millis) throws InterruptedException {
        var until = System.nanoTime() + millis * 1_000_000;
        while (!isEnded) {
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
