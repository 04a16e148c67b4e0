package facteur.relay;

import facteur.mail.message.Mailbox;
import facteur.notice.ReturnReaders;
import facteur.office.Lookup;
import facteur.returns.Answerers;
import facteur.returns.WhoAnswers;
import facteur.spool.SentLetter;
import java.time.InstantSource;
import java.util.List;

/// Whom an answer would reach now, for notices. Thread-safe.
record LateReaders(WhoAnswers whoAnswers, InstantSource time) implements ReturnReaders.Late {
    @Override
    public Lookup<List<Mailbox>> readers(SentLetter letter) {
        return switch (whoAnswers.of(letter)) {
            case Answerers.Known known -> new Lookup.Found<>(known.people(), time.instant());
            case Answerers.Unknown(var reply) when reply.isTransient() -> new Lookup.Unavailable<>(reply.toString());
            case Answerers.Unknown _ -> new Lookup.Missing<>();
        };
    }
}
