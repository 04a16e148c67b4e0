package facteur.rewrite;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import java.util.ArrayList;
import java.util.List;

/// A letter of others that is only passed on: its body and its header stay octet for octet, so that its signatures hold. Stateless.
public final class PassedOn {
    private PassedOn() {}

    /// With our Received on top, and fields of ours below it, above all that was signed.
    ///
    /// @param removed fields of these names go first; a signature that covers one of them no longer holds
    public static Message of(Message message, ReceivedTrace trace, List<String> removed, List<HeaderField> added) {
        var fields = new ArrayList<HeaderField>(message.header().fields().size() + added.size() + 1);
        fields.add(trace.received());
        fields.addAll(added);
        message.header().fields().stream()
                .filter(field -> removed.stream().noneMatch(field::is))
                .forEach(fields::add);
        return message.withHeader(new Header(fields));
    }
}
