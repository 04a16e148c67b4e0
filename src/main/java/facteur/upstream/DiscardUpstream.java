package facteur.upstream;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import java.util.Collections;
import java.util.List;

/// Takes every letter and forgets it, unread: to measure what comes before. Thread-safe.
public final class DiscardUpstream implements Upstream {
    private static final Outcome DISCARDED =
            new Outcome.Relayed(Reply.of(250, 0, 0, "discarded"), Outcome.SuccessReport.BY_US);

    private final String name;

    public DiscardUpstream(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public HeaderEncoding encoding() {
        return HeaderEncoding.UTF8;
    }

    @Override
    public List<Outcome> relay(QueueId id, Envelope envelope, Message message) {
        return Collections.nCopies(envelope.recipients().size(), DISCARDED);
    }
}
