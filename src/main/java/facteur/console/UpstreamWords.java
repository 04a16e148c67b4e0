package facteur.console;

import facteur.admin.Status;
import java.util.Optional;

/// What pages say of an upstream. For one page.
record UpstreamWords(View view) {
    StateWord state(Status.UpstreamState upstream) {
        if (upstream.down().isPresent()) {
            return new StateWord(view.say("upstreams.down"), StateWord.BAD);
        }
        return upstream.pausedUntil().isPresent()
                ? new StateWord(view.say("upstreams.resting"), StateWord.WARN)
                : new StateWord(view.say("upstreams.up"), StateWord.OK);
    }

    StatusModel.UpstreamRow row(Status.UpstreamState upstream) {
        return new StatusModel.UpstreamRow(
                upstream.name(),
                state(upstream),
                upstream.down().map(down -> view.say("upstreams.since", view.time(down.since()))),
                upstream.down().map(Status.Down::cause).orElse(""),
                next(upstream));
    }

    private Optional<String> next(Status.UpstreamState upstream) {
        return upstream.down()
                .map(down -> view.say("upstreams.next", view.clock(down.retryAt())))
                .or(() -> upstream.pausedUntil().map(at -> view.say("upstreams.rests-until", view.time(at))));
    }
}
