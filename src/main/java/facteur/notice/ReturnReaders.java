package facteur.notice;

import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.BounceReaders;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.platform.log.Erasure;
import facteur.spool.ReturnedLetter;
import facteur.spool.SentLetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Decides who of an office is told that a letter came back: those whom its Reply-To named, as it was written; those whom the rules
/// name today when its replies are bound late; or the office's own company. Thread-safe; may block for settings.
public final class ReturnReaders {
    private static final int MOST = 5;

    private final Function<OfficeId, Lookup<OfficeSettings>> offices;
    private final Late late;

    /// Whom an answer to a letter would reach now; missing when its office is gone.
    @FunctionalInterface
    public interface Late {
        Lookup<List<Mailbox>> readers(SentLetter letter);
    }

    /// What the configuration says.
    ///
    /// @param tell where the office says nothing of its own
    /// @param app whether the app's own reverse-path gets a report
    /// @param isOurs whether an address is a return address of this relay
    public record Telling(BounceReaders tell, boolean app, Predicate<Address> isOurs) {}

    /// @param language empty = as the configuration says
    /// @param people perhaps none
    record Readers(Optional<Language> language, List<Mailbox> people) {
        static final Readers NONE = new Readers(Optional.empty(), List.of());

        Readers {
            people = List.copyOf(people);
        }
    }

    /// @param offices through the cache that letters use
    public ReturnReaders(Function<OfficeId, Lookup<OfficeSettings>> offices, Late late) {
        this.offices = offices;
        this.late = late;
    }

    /// @return empty when that can't be known now
    Optional<Readers> of(ReturnedLetter letter, Telling telling) {
        var id = OfficeId.parse(letter.provenance().office().text());
        if (id.isEmpty()) {
            // A letter of the relay's own.
            return Optional.of(Readers.NONE);
        }
        return switch (offices.apply(id.get())) {
            case Lookup.Failed<OfficeSettings> _ -> Optional.empty();
            case Lookup.Missing<OfficeSettings> _ -> of(letter, telling, Optional.empty());
            case Lookup.Found<OfficeSettings>(var office, _) -> of(letter, telling, Optional.of(office));
        };
    }

    private Optional<Readers> of(ReturnedLetter letter, Telling telling, Optional<OfficeSettings> office) {
        var returns = office.map(OfficeSettings::returns).orElse(OfficeReturns.STANDARD);
        // Of an office that is gone, as it was when the letter left.
        var company = office.map(OfficeSettings::company).or(letter.sent()::company);
        return people(letter, returns.tell().orElse(telling.tell()), company)
                .map(people -> new Readers(returns.language(), known(people, telling)));
    }

    private Optional<List<Mailbox>> people(ReturnedLetter letter, BounceReaders tell, Optional<Mailbox> company) {
        return switch (tell) {
            case NONE -> Optional.of(List.of());
            case COMPANY -> company.map(List::of).or(() -> named(letter, company));
            case REPLY_TO -> named(letter, company);
        };
    }

    private Optional<List<Mailbox>> named(ReturnedLetter letter, Optional<Mailbox> company) {
        var ofCompany = company.stream().toList();
        if (letter.isReply()) {
            // Its Reply-To is the client's.
            return Optional.of(ofCompany);
        }
        var named = letter.sent().binding() == SentLetter.Binding.EARLY ? mailboxes(letter.sent().replyTo()) : List.<Mailbox>of();
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        return switch (late.readers(letter.sent())) {
            case Lookup.Failed<List<Mailbox>> _ -> Optional.empty();
            case Lookup.Missing<List<Mailbox>> _ -> Optional.of(ofCompany);
            case Lookup.Found<List<Mailbox>>(var people, _) -> Optional.of(people.isEmpty() ? ofCompany : people);
        };
    }

    /// Of a field that was cut, those before the cut.
    private static List<Mailbox> mailboxes(String field) {
        var whole = field.endsWith("…") ? field.substring(0, Math.max(0, field.lastIndexOf(','))) : field;
        return Mailbox.parseAddresses(whole).orElse(List.of());
    }

    /// Each address once.
    private static List<Mailbox> known(List<Mailbox> people, Telling telling) {
        var byAddress = new LinkedHashMap<String, Mailbox>();
        people.stream()
                .filter(mailbox -> mailbox.address().isAsciiCapable())
                .filter(mailbox -> !telling.isOurs().test(mailbox.address()))
                // A person that was erased from the history.
                .filter(mailbox -> !mailbox.address().toString().equals(Erasure.FORGOTTEN))
                .forEach(mailbox -> byAddress.putIfAbsent(mailbox.address().toAscii().toString(), mailbox));
        return byAddress.values().stream().limit(MOST).toList();
    }

    /// Where the app's own reports go; empty when there is no such address.
    Optional<Address> app(ReturnedLetter letter, Telling telling) {
        if (!telling.app() || letter.isReply()) {
            return Optional.empty();
        }
        return switch (letter.originalReversePath()) {
            case ReversePath.Null() -> Optional.empty();
            case ReversePath.Path(var address) -> Optional.of(address)
                    .filter(path -> !telling.isOurs().test(path))
                    .filter(path -> !path.toString().equals(Erasure.FORGOTTEN));
        };
    }
}
