package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import java.util.Optional;

/// Where no return address is in use: every address is refused.
public final class ClosedDoor implements ReturnDoor {
    /// RFC 3463 §3.2: X.1.1.
    public static final Reply NO_SUCH_ADDRESS = Reply.of(550, 1, 1, "No such return address");

    @Override
    public Optional<Reply> refusal(Address recipient) {
        return Optional.of(NO_SUCH_ADDRESS);
    }

    @Override
    public SubmissionResult accept(ArrivedReturn arrived) {
        return new SubmissionResult.Refused(NO_SUCH_ADDRESS);
    }
}
