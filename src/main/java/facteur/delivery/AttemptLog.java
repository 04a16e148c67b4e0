package facteur.delivery;

import facteur.spool.Attempt;
import facteur.spool.LeasedLetter;
import facteur.upstream.Outcome;
import facteur.upstream.Peer;
import facteur.upstream.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is stored of an attempt: a row per recipient that was tried, counted or not. They bear the lease's number, which no
/// two attempts of a letter share.
final class AttemptLog {
    private AttemptLog() {}

    static List<Attempt> of(LeasedLetter leased, AttemptResult result, Instant now) {
        var number = Math.toIntExact(leased.lease().epoch());
        var attempts = new ArrayList<Attempt>(result.outcomes().size());
        var outcome = result.outcomes().iterator();
        for (var position = 0; position < leased.recipients().size(); position++) {
            if (leased.recipients().get(position).isPending() && outcome.hasNext()) {
                attempt(number, position, now, result.upstream(), outcome.next()).ifPresent(attempts::add);
            }
        }
        return attempts;
    }

    private static Optional<Attempt> attempt(int number, int position, Instant now, String upstream, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed(var reply, _, var peer) -> Optional.of(new Attempt(
                    number,
                    position,
                    now,
                    upstream,
                    peer.map(Peer::toString).orElse(""),
                    Stage.END_OF_DATA.word(),
                    Attempt.Result.RELAYED,
                    reply.toString()));
            case Outcome.TempFailed(var stage, var cause) -> Optional.of(new Attempt(
                    number, position, now, upstream, "", stage.word(), Attempt.Result.TEMP_FAILED, cause.toString()));
            case Outcome.PermFailed(var stage, var reply) -> Optional.of(new Attempt(
                    number, position, now, upstream, "", stage.word(), Attempt.Result.PERM_FAILED, reply.toString()));
            case Outcome.InDoubt(var cause) -> Optional.of(new Attempt(
                    number, position, now, upstream, "", Stage.END_OF_DATA.word(), Attempt.Result.IN_DOUBT, cause.toString()));
            case Outcome.NotTried ignored -> Optional.empty();
        };
    }
}
