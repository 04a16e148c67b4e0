package facteur.upstream;

import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What became of one recipient in one attempt.
public sealed interface Outcome {
    /// Who reports success to an app that asked for it (RFC 3461 §5.2).
    enum SuccessReport {
        /// It was told who wants to know.
        BY_UPSTREAM,
        /// The upstream can't be told.
        BY_US
    }

    /// The recipients that the upstream is responsible for now.
    ///
    /// @param outcomes one for each recipient of the envelope, in order
    static List<ForwardPath> taken(Envelope envelope, List<Outcome> outcomes) {
        return IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i) instanceof Relayed)
                .mapToObj(envelope.recipients()::get)
                .toList();
    }

    /// What a refusal within a transaction means.
    static Outcome refused(Stage stage, Reply reply) {
        // RFC 5321 §4.5.3.1.10: 552 at RCPT means too many recipients, as 452.
        var isOfNumber = stage == Stage.RCPT && (reply.code() == 552 || TooManyRecipients.isSaidBy(reply));
        var isOfUs = RelayRefusals.isSaidBy(stage, reply) || Quota.of(reply).isPresent();
        return reply.isPermanent() && !isOfNumber && !isOfUs
                ? new PermFailed(stage, reply)
                : new TempFailed(stage, new FailureCause.Answer(reply));
    }

    /// What was said, or went wrong.
    static FailureCause cause(Outcome outcome) {
        return switch (outcome) {
            case Relayed relayed -> new FailureCause.Answer(relayed.reply());
            case PermFailed failed -> new FailureCause.Answer(failed.reply());
            case TempFailed failed -> failed.cause();
            case NotTried waits -> waits.cause();
            case InDoubt doubtful -> doubtful.cause();
        };
    }

    /// The upstream is responsible now.
    ///
    /// @param peer empty when it went nowhere
    record Relayed(Reply reply, SuccessReport successReport, Optional<Peer> peer) implements Outcome {
        public Relayed(Reply reply, SuccessReport successReport) {
            this(reply, successReport, Optional.empty());
        }
    }

    /// Not now: to be tried again.
    record TempFailed(Stage stage, FailureCause cause) implements Outcome {
        /// Whom it is about.
        public FailureScope scope() {
            return FailureScope.of(stage, cause);
        }
    }

    /// The letter's turn didn't come: every connection was busy, or the upstream failed while it waited, or we are stopping.
    /// Says nothing of letter or upstream.
    record NotTried(FailureCause cause) implements Outcome {}

    /// Never: the upstream said so.
    record PermFailed(Stage stage, Reply reply) implements Outcome {}

    /// The final dot went out and no reply came back: perhaps taken, perhaps not. Tried again, so perhaps doubled
    /// (RFC 1047).
    record InDoubt(FailureCause cause) implements Outcome {}
}
