package facteur.upstream;

import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import java.util.List;
import java.util.Set;

/// Whether a failure is what an upstream says that has too many connections, or too much to do. It may mean other things as
/// well: what it does mean depends on whether others are served meanwhile.
final class TooManyConnections {
    /// 421 closes the connection (RFC 5321 §3.8); 452 is want of storage; 432 (Microsoft 365) and 454 (Amazon SES) are what
    /// providers say of connections and rates.
    private static final Set<Integer> CODES = Set.of(421, 432, 452, 454);

    /// RFC 3463: X.3.2 system not accepting messages, X.4.5 mail system congestion.
    private static final Set<EnhancedStatus> STATES = Set.of(new EnhancedStatus(3, 2), new EnhancedStatus(4, 5));

    private TooManyConnections() {}

    /// Of every recipient alike.
    static boolean isSaidBy(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            if (!(outcome instanceof Outcome.TempFailed failure) || !isSaidBy(failure)) {
                return false;
            }
        }
        return true;
    }

    static boolean isSaidBy(Outcome.TempFailed failure) {
        return switch (failure.stage()) {
            case CONNECT, GREETING, EHLO -> switch (failure.cause()) {
                case FailureCause.Trouble ignored -> true;
                case FailureCause.Shortage ignored -> false;
                case FailureCause.Answer(var reply) -> reply.isTransient();
            };
            case TLS, AUTH -> failure.cause() instanceof FailureCause.Answer(var reply) && reply.isTransient();
            // RFC 5321 §4.5.3.1.10: 452 means too many recipients there.
            case RCPT -> failure.cause() instanceof FailureCause.Answer(var reply) && reply.code() != 452 && isSaidBy(reply);
            case MAIL, DATA, END_OF_DATA -> failure.cause() instanceof FailureCause.Answer(var reply) && isSaidBy(reply);
        };
    }

    private static boolean isSaidBy(Reply reply) {
        if (Quota.isLasting(reply)) {
            return false;
        }
        return CODES.contains(reply.code()) || reply.isTransient() && reply.enhanced().filter(STATES::contains).isPresent();
    }
}
