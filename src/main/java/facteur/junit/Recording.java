package facteur.junit;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What happened since it was last cleared: events, and letters that left. Letters that were accepted earlier are ignored, so
/// that what one test left in the queue doesn't turn up in the next.
///
/// Unbounded: a test decides how many letters it sends. Thread-safe.
final class Recording implements Journal {
    private final List<MailEvent> events = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final Set<String> ignored = new HashSet<>();
    private final Duration deadline;

    /// @param deadline how long to wait for what doesn't happen
    Recording(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public synchronized void record(MailEvent event) {
        if (!ignored.contains(event.id())) {
            events.add(event);
            notifyAll();
        } else {
            report(event).ifPresent(ignored::add);
        }
    }

    synchronized void record(Letter letter) {
        if (!ignored.contains(letter.queueId())) {
            letters.add(letter);
            notifyAll();
        }
    }

    synchronized void clear() {
        events(MailEvent.Accepted.class).forEach(event -> ignored.add(event.id()));
        events.forEach(event -> report(event).ifPresent(ignored::add));
        events.clear();
        letters.clear();
    }

    /// The queue id of the report that the event names.
    private static Optional<String> report(MailEvent event) {
        return switch (event) {
            case MailEvent.Bounced(_, var report, _) -> Optional.of(report);
            case MailEvent.DelayReported(_, var report, _) -> Optional.of(report);
            case MailEvent.Confirmed(_, var report, _) -> Optional.of(report);
            case MailEvent.ReturnTold(_, var notice, _, _) -> Optional.of(notice);
            default -> Optional.empty();
        };
    }

    synchronized List<MailEvent> events() {
        return List.copyOf(events);
    }

    synchronized <E extends MailEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    synchronized List<Letter> letters() {
        return List.copyOf(letters);
    }

    List<Letter> awaitLetters(int count) {
        return await(this::letters, count, "letters to leave");
    }

    <E extends MailEvent> List<E> awaitEvents(Class<E> kind, int count) {
        return await(() -> events(kind), count, "events " + kind.getSimpleName());
    }

    private synchronized <T> List<T> await(Supplier<List<T>> source, int count, String what) {
        var until = System.nanoTime() + deadline.toNanos();
        while (source.get().size() < count) {
            var left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(inVain(count, what));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + count + " " + what, e);
            }
        }
        return source.get();
    }

    private String inVain(int count, String what) {
        return "waited %s s in vain for %d %s; %d accepted, %d left%s%s".formatted(
                deadline.toMillis() / 1000.0,
                count,
                what,
                events(MailEvent.Accepted.class).size(),
                letters.size(),
                letters.stream().map(letter -> "\n  left: " + letter).collect(Collectors.joining()),
                events.stream()
                        .filter(event -> !(event instanceof MailEvent.Accepted || event instanceof MailEvent.Relayed))
                        .reduce((_, last) -> last)
                        .map(event -> "\n  last trouble: " + event)
                        .orElse(""));
    }
}
