package facteur.relay;

import facteur.access.Persons;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueIds;
import facteur.notice.ChangeNoticeWriter;
import facteur.notice.ChangeNotices;
import facteur.notice.NoticeWriter;
import facteur.notice.PasswordNoticeWriter;
import facteur.notice.PasswordNotices;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What letters of the relay's own are made with, by the configuration in force. Immutable.
record OwnLetters(CurrentConfig current, Signer signer, ChangeNotices.Outbox outbox, QueueIds queueIds, InstantSource wall) {
    NoticeWriter aboutDomains() {
        var config = current.get();
        return new NoticeWriter(
                config.hostname(), config.sharedAddress(), config.outbound().reportReversePath(), config.outbound().language());
    }

    ChangeNoticeWriter aboutChanges() {
        var config = current.get();
        return new ChangeNoticeWriter(
                config.hostname(), config.sharedAddress(), config.outbound().reportReversePath(), config.outbound().language());
    }

    /// @param console what browsers call it
    PasswordNotices aboutPasswords(Persons persons, Supplier<URI> console) {
        return new PasswordNotices(persons, this::aboutPasswords, console, signer, outbox, queueIds, wall);
    }

    private PasswordNoticeWriter aboutPasswords(Optional<String> language) {
        var config = current.get();
        var chosen = language.flatMap(word -> Stream.of(Language.values()).filter(each -> each.word().equals(word)).findFirst())
                .orElse(config.outbound().language());
        return new PasswordNoticeWriter(config.hostname(), config.sharedAddress(), config.outbound().reportReversePath(), chosen);
    }
}
