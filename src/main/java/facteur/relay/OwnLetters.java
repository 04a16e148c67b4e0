package facteur.relay;

import facteur.access.Persons;
import facteur.journal.Journal;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKeys;
import facteur.notice.ChangeNoticeWriter;
import facteur.notice.ChangeNotices;
import facteur.notice.NoticeWriter;
import facteur.notice.PasswordNoticeWriter;
import facteur.notice.PasswordNotices;
import facteur.notice.ReturnLetters;
import facteur.notice.ReturnNoticeWriter;
import facteur.notice.ReturnNotices;
import facteur.notice.ReturnReaders;
import facteur.notice.ReturnReportWriter;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.spool.UntoldReturns;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
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

    /// @param offices through the cache that letters use
    /// @param late whom replies to late-bound letters reach
    ReturnNotices aboutReturns(
            UntoldReturns untold, Function<OfficeId, Lookup<OfficeSettings>> offices, ReturnReaders.Late late, Supplier<ReturnKeys> keys,
            Journal journal) {
        var returns = new ReturnLetters(this::aboutReturns, this::reports, signer, wall);
        return new ReturnNotices(
                untold, () -> telling(keys), new ReturnReaders(offices, late), returns, outbox, queueIds, journal, wall);
    }

    private Optional<ReturnReaders.Telling> telling(Supplier<ReturnKeys> keys) {
        return current.get().returns().map(returns -> new ReturnReaders.Telling(
                returns.tell(), returns.app(), new ReturnAddresses(returns.domains(), keys)::isOurs));
    }

    private ReturnNoticeWriter aboutReturns(Optional<Language> language) {
        var config = current.get();
        return new ReturnNoticeWriter(
                config.hostname(),
                config.sharedAddress().asciiDomain(),
                config.outbound().reportReversePath(),
                language.orElse(config.outbound().language()),
                config.console().pages().zone());
    }

    private ReturnReportWriter reports() {
        var config = current.get();
        return new ReturnReportWriter(
                new DsnWriter(config.hostname(), config.sharedAddress().asciiDomain(), config.outbound().language()),
                config.outbound().reportReversePath());
    }
}
