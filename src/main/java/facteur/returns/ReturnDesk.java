package facteur.returns;

import facteur.intake.SubmissionResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.FileBody;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returned.ReturnedMail;
import facteur.mail.returned.ReturnedMailReader;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.office.AutoReplies;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.failure.Reason;
import facteur.spool.NewReturn;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What is done with what comes back: reports and all else that programs write are read and noted, with all that follows from it,
/// before the host gets its 250; automatic answers and people's letters are relayed.
///
/// Thread-safe; blocks for the database and, for automatic answers, for the settings source.
public final class ReturnDesk implements ReturnDoor {
    private static final Reply NO_STORAGE = Reply.of(452, 3, 1, "Not enough storage, try again later");

    /// What the configuration and the settings say.
    ///
    /// @param addresses empty while no return address is in use
    /// @param autoReplies where an office says nothing of its own
    /// @param keep how long return addresses are good after the end of their letter
    /// @param offices through the cache that letters use
    public record Rules(
            Supplier<Optional<ReturnAddresses>> addresses,
            Supplier<AutoReplies> autoReplies,
            Supplier<Duration> keep,
            Function<OfficeId, Lookup<OfficeSettings>> offices) {}

    /// Who gets what isn't kept here.
    ///
    /// @param answers those who answer for a letter
    /// @param caretakers those who look after the domains
    public record Readers(Relayed answers, Function<ArrivedReturn, SubmissionResult> caretakers) {}

    private final Rules rules;
    private final ReturnTargets targets;
    private final Readers readers;
    private final ReturnStore store;
    private final BodyFiles bodies;
    private final QueueIds queueIds;
    private final Journal journal;
    private final InstantSource time;

    /// @param bodies for a large letter that is relayed to more than one place
    public ReturnDesk(
            Rules rules, Readers readers, ReturnStore store, BodyFiles bodies, QueueIds queueIds, Journal journal, InstantSource time) {
        this.rules = rules;
        this.targets = new ReturnTargets(rules.addresses(), rules.keep(), store, time);
        this.readers = readers;
        this.store = store;
        this.bodies = bodies;
        this.queueIds = queueIds;
        this.journal = journal;
        this.time = time;
    }

    @Override
    public Optional<Reply> refusal(Address recipient) {
        return switch (targets.find(recipient)) {
            case ReturnTarget.Refused(var reply) -> Optional.of(reply);
            case ReturnTarget.Caretaker(), ReturnTarget.OfLetter _ -> Optional.empty();
        };
    }

    /// One recipient after the other. When one of them can't be served now, the host comes again, and those before find that they
    /// have it already.
    @Override
    public SubmissionResult accept(ArrivedReturn arrived) {
        var body = arrived.message().body();
        try {
            var mail = ReturnedMailReader.read(arrived.envelope().reversePath(), arrived.message());
            var recipients = arrived.envelope().recipients().stream().map(ForwardPath::address).distinct().toList();
            var first = Optional.<SubmissionResult>empty();
            for (var i = 0; i < recipients.size(); i++) {
                var isLast = i == recipients.size() - 1;
                var result = isLast ? accept(recipients.get(i), arrived, mail) : acceptCopy(recipients.get(i), arrived, mail);
                if (result instanceof SubmissionResult.Refused) {
                    return result;
                }
                first = first.or(() -> Optional.of(result));
            }
            return first.orElseGet(() -> new SubmissionResult.Refused(ClosedDoor.NO_SUCH_ADDRESS));
        } catch (IOException failure) {
            journal.record(new MailEvent.SpoolTrouble("the body of what came back can't be read: " + Reason.of(failure)));
            body.discard();
            return new SubmissionResult.Refused(NO_STORAGE);
        }
    }

    /// A letter that is relayed takes its body along.
    private SubmissionResult acceptCopy(Address recipient, ArrivedReturn arrived, ReturnedMail mail) throws IOException {
        return switch (arrived.message().body()) {
            case MemoryBody _ -> accept(recipient, arrived, mail);
            case FileBody large -> {
                var copy = bodies.create();
                Files.copy(large.file(), copy, StandardCopyOption.REPLACE_EXISTING);
                var message = new Message(arrived.message().header(), new FileBody(copy, large.sizeBytes()));
                var result = accept(recipient, arrived.with(message), mail);
                if (result instanceof SubmissionResult.Refused) {
                    message.body().discard();
                }
                yield result;
            }
        };
    }

    private SubmissionResult accept(Address recipient, ArrivedReturn arrived, ReturnedMail mail) throws IOException {
        return switch (targets.find(recipient)) {
            case ReturnTarget.Refused(var reply) -> new SubmissionResult.Refused(reply);
            case ReturnTarget.Caretaker() -> readers.caretakers().apply(arrived);
            case ReturnTarget.OfLetter(var address, var letter) -> accept(address, letter, arrived, mail);
        };
    }

    private SubmissionResult accept(ReturnAddress address, ReturnStore.Answered letter, ArrivedReturn arrived, ReturnedMail found)
            throws IOException {
        try {
            var mail = known(found, letter);
            return switch (mail) {
                case ReturnedMail.Report _, ReturnedMail.Unreadable _, ReturnedMail.Read _, ReturnedMail.Complaint _ ->
                    note(letter, arrived, mail);
                case ReturnedMail.Automatic() -> isForPeople(letter, arrived)
                        ? relay(address, letter, arrived, NewReturn.Kind.AUTOMATIC, digest(letter, arrived, mail))
                        : note(letter, arrived, mail);
                case ReturnedMail.Personal() -> {
                    if (store.line(letter.id(), ReplyRelay.MOST_PASSES).size() == ReplyRelay.MOST_PASSES) {
                        yield new SubmissionResult.Refused(ReplyRelay.LOOP);
                    }
                    var digest = AnswerDigest.of(arrived.message());
                    var copyOf = store.copy(letter.id(), NewReturn.Kind.REPLY, digest, time.instant());
                    yield copyOf.isPresent()
                            ? second(letter, copyOf.get(), arrived)
                            : relay(address, letter, arrived, NewReturn.Kind.REPLY, digest);
                }
            };
        } catch (SpoolException failure) {
            return notStored(failure);
        }
    }

    /// Mail systems write under a name of their own: what one of the letter's recipients wrote is an answer, even without a word that
    /// says so.
    private ReturnedMail known(ReturnedMail mail, ReturnStore.Answered letter) throws SpoolException {
        if (mail instanceof ReturnedMail.Unreadable(_, _, var author) && author.isPresent()) {
            var parts = Stream.concat(Stream.of(letter), store.otherParts(letter.id(), time.instant()).stream());
            return parts.anyMatch(part -> ReadReturn.isRecipient(author.get(), part.recipients())) ? new ReturnedMail.Automatic() : mail;
        }
        return mail;
    }

    private SubmissionResult notStored(SpoolException failure) {
        return new SubmissionResult.Refused(switch (failure.remedy()) {
            case STORAGE -> {
                journal.record(new MailEvent.SpoolTrouble(failure.report()));
                yield NO_STORAGE;
            }
            case PATIENCE -> ReturnTarget.AWAY;
        });
    }

    /// The host didn't get its 250, and gets that of then.
    private SubmissionResult second(ReturnStore.Answered letter, QueueId first, ArrivedReturn arrived) {
        journal.record(new MailEvent.ReturnNoted(letter.id().text(), letter.office(), first.text(), ReturnEvents.COPY, List.of()));
        arrived.message().body().discard();
        return new SubmissionResult.Queued(first);
    }

    private SubmissionResult note(ReturnStore.Answered letter, ArrivedReturn arrived, ReturnedMail mail) throws SpoolException {
        // What an app says its recipients were first written to, it may say of those of several parts.
        var isCertain = ReadReturn.isAbout(mail, letter.recipients(), List.of())
                && letter.recipients().stream().allMatch(recipient -> recipient.path().original().isEmpty());
        var parts = new ArrayList<ReturnStore.Answered>(isCertain ? List.of() : store.otherParts(letter.id(), time.instant()));
        parts.addFirst(letter);
        var meant = parts.stream().filter(part -> ReadReturn.isAbout(mail, part.recipients(), others(parts, part))).findFirst().orElse(letter);
        if (!meant.id().equals(letter.id()) && ReturnLimits.isReached(meant)) {
            return new SubmissionResult.Refused(ReturnTarget.TOO_MUCH);
        }
        return note(meant, others(parts, meant), arrived, mail);
    }

    private static List<Recipient> others(List<ReturnStore.Answered> parts, ReturnStore.Answered part) {
        return parts.stream().filter(other -> !other.id().equals(part.id())).flatMap(other -> other.recipients().stream()).toList();
    }

    private SubmissionResult note(ReturnStore.Answered letter, List<Recipient> others, ArrivedReturn arrived, ReturnedMail mail)
            throws SpoolException {
        var read = ReadReturn.of(mail, letter.recipients(), others, sender(arrived));
        var isOfApp = letter.isOfApp();
        var stored = new NewReturn(
                row(letter, arrived),
                letter.id(),
                read.kind(),
                arrived.daemon().orElseGet(() -> sender(arrived)),
                read.digest(),
                read.text(),
                read.statuses(),
                read.readers(isOfApp, !letter.office().isEmpty(), letter.recipients()),
                isOfApp);
        var taken = store.take(stored);
        ReturnEvents.of(letter, stored, taken).forEach(event -> journal.record(event, ReturnEvents.persons(letter, stored)));
        arrived.message().body().discard();
        return new SubmissionResult.Queued(stored.letter().id());
    }

    private Letter row(ReturnStore.Answered letter, ArrivedReturn arrived) {
        var said = letter.provenance();
        var provenance = Provenance.ofReturn(said.office(), said.context(), said.relation());
        return new Letter(
                queueIds.next(), time.instant(), provenance, arrived.envelope(), arrived.envelope().reversePath(), arrived.message());
    }

    /// One for each sender, letter and day, where the office wants them at all; and never one to another: two programs might go on
    /// for ever, since each letter has a return address of its own.
    private boolean isForPeople(ReturnStore.Answered letter, ArrivedReturn arrived) throws SpoolException {
        var wish = OfficeId.parse(letter.office()).map(this::autoReplies).orElse(AutoReplies.LOG);
        return switch (wish) {
            case LOG -> false;
            case RELAY -> !store.line(letter.id(), 1).contains(NewReturn.Kind.AUTOMATIC)
                    && !store.isRelayed(letter.id(), NewReturn.Kind.AUTOMATIC, sender(arrived), time.instant());
        };
    }

    private AutoReplies autoReplies(OfficeId office) {
        return switch (rules.offices().apply(office)) {
            case Lookup.Found<OfficeSettings>(var found, _) ->
                found.returns().autoReplies().orElseGet(rules.autoReplies());
            case Lookup.Missing<OfficeSettings> _, Lookup.Failed<OfficeSettings> _ -> rules.autoReplies().get();
        };
    }

    private String digest(ReturnStore.Answered letter, ArrivedReturn arrived, ReturnedMail mail) {
        return ReadReturn.of(mail, letter.recipients(), List.of(), sender(arrived)).digest();
    }

    private SubmissionResult relay(
            ReturnAddress address, ReturnStore.Answered letter, ArrivedReturn arrived, NewReturn.Kind kind, String digest) {
        var sender = sender(arrived);
        var result = readers.answers().relay(address, arrived);
        switch (result) {
            // A letter of ours has no name that an app gave it.
            case SubmissionResult.Refused _, SubmissionResult.Duplicate _ -> {}
            case SubmissionResult.Queued(var id) -> {
                var relayed = new ReturnStore.Relayed(id, letter.id(), kind, letter.office(), digest, time.instant());
                try {
                    store.note(relayed, sender);
                } catch (SpoolException failure) {
                    // It is on its way, and a second copy does less harm than none.
                    journal.record(new MailEvent.SpoolTrouble(failure.report()));
                }
            }
        }
        return result;
    }

    /// The reverse-path; of an automatic answer without one, its From.
    ///
    /// @return in angle brackets
    private static String sender(ArrivedReturn arrived) {
        return switch (arrived.envelope().reversePath()) {
            case ReversePath.Path(var address) -> "<" + address + ">";
            case ReversePath.Null() -> arrived.message().header().first("From")
                    .flatMap(field -> Mailbox.parseList(field.value()))
                    .filter(list -> list.size() == 1)
                    .map(list -> "<" + list.getFirst().address() + ">")
                    .orElse("<>");
        };
    }
}
