package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Relays mail for the people who look after the domains of return addresses (RFC 5321 §4.5.1, RFC 2142), as it came, to the operator's
/// own mailbox: as letters of the relay itself, of no office. Any host may send there, so there is a limit on how many.
///
/// Thread-safe; blocks for the disk.
public final class PostmasterMail {
    static final int MOST_PER_HOUR = 100;
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Provenance OURS = Provenance.ofReply(
            new Provenance.Office(""),
            Provenance.Context.GENERAL,
            Provenance.Relation.NONE,
            new Provenance.Decision(Provenance.RuleId.NONE, Provenance.RuleId.NONE, "", ""));

    private final ReplyRelay relay;
    private final Supplier<Address> postmaster;
    private final SteadyTime time;
    /// When the last ones were taken, the oldest first.
    private final ArrayDeque<Instant> taken = new ArrayDeque<>();

    /// @param postmaster the operator's mailbox, as it is now
    public PostmasterMail(ReplyRelay relay, Supplier<Address> postmaster, SteadyTime time) {
        this.relay = relay;
        this.postmaster = postmaster;
        this.time = time;
    }

    /// Takes it: it is on disk when this returns [SubmissionResult.Queued].
    public SubmissionResult relay(ArrivedReturn arrived) {
        if (!isWithinLimit()) {
            return new SubmissionResult.Refused(Reply.of(450, 7, 0, "Too many letters to this address, try again later"));
        }
        return relay.relay(new ReplyRelay.Order(
                arrived, Optional.empty(), OURS, List.of(Mailbox.of(postmaster.get())), Optional.empty()));
    }

    private synchronized boolean isWithinLimit() {
        var now = time.instant();
        while (!taken.isEmpty() && !taken.getFirst().plus(HOUR).isAfter(now)) {
            taken.removeFirst();
        }
        if (taken.size() == MOST_PER_HOUR) {
            return false;
        }
        taken.add(now);
        return true;
    }
}
