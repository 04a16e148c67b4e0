package facteur.console;

import facteur.platform.config.Word;
import facteur.spool.MoveResult;
import facteur.spool.QueueAct;
import facteur.spool.QueueCount;
import facteur.spool.QueueLine;
import facteur.spool.QueueMove;
import facteur.spool.QueueStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What pages say of the queue: the words of the command, in the reader's language. For one page.
record QueueWords(View view, Operations operations) {
    StateWord state(QueueStatus standing) {
        return new StateWord(view.say("queue.state." + standing.word()), switch (standing) {
            case ACTIVE -> StateWord.OK;
            case DEFERRED -> StateWord.PLAIN;
            case HOLD -> StateWord.WARN;
        });
    }

    /// @param tellsOfUpstreams whether to say which of them take no letter now
    List<String> summary(List<QueueCount> counts, boolean tellsOfUpstreams) {
        var states = counts.stream()
                .map(count -> view.say("queue.summary." + count.standing().word(), count.letters(), view.time(count.oldestAt())));
        return Stream.concat(states, tellsOfUpstreams && !counts.isEmpty() ? paused() : Stream.empty()).toList();
    }

    QueueModel.Row row(QueueLine line) {
        return new QueueModel.Row(
                line.id(),
                "/log/" + line.id(),
                line.acceptedAt(),
                state(line.standing()),
                line.standing() == QueueStatus.DEFERRED ? Optional.of(line.dueAt()) : Optional.empty(),
                line.attempts(),
                line.office(),
                line.reversePath().replaceAll("^<|>$", ""),
                line.recipient(),
                Math.max(0, line.waiting() - 1),
                reason(line),
                line.lastReply(),
                size(line.sizeBytes()));
    }

    private String reason(QueueLine line) {
        var own = line.holdReason().equals("by operator") ? view.say("queue.reason.operator") : line.holdReason();
        return line.standing() == QueueStatus.ACTIVE && !own.isEmpty() ? view.say("queue.reason.later", own) : own;
    }

    String size(long bytes) {
        return bytes < 10_000 ? view.say("queue.size.bytes", bytes) : view.say("queue.size.kilobytes", bytes / 1024);
    }

    /// @param search of the page around it
    MoveModel move(QueueMove move, boolean mayOperate, QueueSearch search) {
        var progress = move.progress();
        return new MoveModel(
                move.id(),
                view.say("queue.move." + move.act().word(), progress.total()),
                !progress.isEnded(),
                progress.done(),
                progress.total(),
                results(progress),
                progress.isEnded() ? notes(move.act()) : List.of(),
                progress.trouble(),
                mayOperate && move.isUndoable(),
                search.fields(),
                search.href(QueuePage.PATH, Map.of(QueuePage.MOVE, move.id())),
                search.href(QueuePage.PATH + "/progress", Map.of(QueuePage.MOVE, move.id())));
    }

    private List<String> results(QueueMove.Progress progress) {
        var results = new ArrayList<String>();
        progress.counts().forEach((result, letters) -> results.add(view.say("queue.result." + word(result), letters)));
        if (progress.isEnded() && results.isEmpty()) {
            results.add(view.say("queue.result.none"));
        }
        return results;
    }

    private static String word(MoveResult result) {
        return Word.of(result);
    }

    /// Letters that are due all the same wait for an upstream that is down, or has had its share.
    private List<String> notes(QueueAct act) {
        return switch (act) {
            case HOLD, REMOVE -> List.of();
            case RELEASE, RETRY -> paused().toList();
        };
    }

    private Stream<String> paused() {
        return operations.status().upstreams().stream()
                .flatMap(upstream -> upstream.down()
                        .map(down -> note("queue.paused.down", upstream.name(), down.retryAt()))
                        .or(() -> upstream.pausedUntil().map(at -> note("queue.paused.cap", upstream.name(), at)))
                        .stream());
    }

    private String note(String key, String upstream, Instant at) {
        return view.say(key, upstream, view.clock(at));
    }

    QueueModel.Lately lately(QueueMove move, String href) {
        var progress = move.progress();
        return new QueueModel.Lately(
                href,
                move.startedAt(),
                move.operator(),
                "facteur " + cut(move.command()),
                progress.isEnded() ? view.say("queue.lately.done", progress.changed())
                        : view.say("queue.lately.running", progress.done(), progress.total()));
    }

    private static String cut(String text) {
        return text.length() <= 120 ? text : text.substring(0, 119) + "…";
    }
}
