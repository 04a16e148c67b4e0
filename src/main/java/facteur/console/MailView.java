package facteur.console;

import facteur.explain.CurrentRules;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.spool.SpoolException;
import facteur.store.CardPerson;
import facteur.store.CardStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one visit to the page of mail settings shows: examples, and all else around a form. One thread.
final class MailView {
    private static final int MOST_WRITERS = 50;

    private final Visit visit;
    private final Services services;
    private final CurrentRules rules;
    private final OfficeId office;
    private final MailHints.Cards cards;
    private final MailHints.Letters letters;
    private final MailWords words;
    private final MailReturns returns;
    private final SenderStates states;

    /// @param version of the last change of the office, of whichever kind; empty where it is kept elsewhere
    MailView(Visit visit, Services services, MailHints hints, CurrentRules rules, Optional<Long> version) throws SQLException {
        this.visit = visit;
        this.services = services;
        this.rules = rules;
        office = visit.office();
        cards = version.isPresent() ? hints.cards(office, version.get(), rules.roles()) : MailHints.Cards.NONE;
        letters = letters(hints, office);
        var shared = rules.reader().sharedAddress();
        words = new MailWords(visit.texts(), rules.roles(), shared);
        returns = MailReturns.of(visit.texts(), rules);
        states = new SenderStates(visit, office, rules.decider(), rules.desk(), shared);
    }

    private static MailHints.Letters letters(MailHints hints, OfficeId office) throws SQLException {
        try {
            return hints.letters(office);
        } catch (SpoolException away) {
            throw away(away);
        }
    }

    /// As the gate knows it.
    static SQLException away(SpoolException failure) {
        return failure.getCause() instanceof SQLException cause ? cause : new SQLException(failure.getMessage(), failure);
    }

    MailWords words() {
        return words;
    }

    MailReturns returns() {
        return returns;
    }

    /// @param listed the office's people
    /// @param draft empty: as it is
    /// @param problem why there is no draft to be seen; empty when there is none, or nothing is tried
    MailModel.Preview preview(MailForm form, List<Mailbox> listed, Optional<OfficeSettings> draft, String problem) throws SQLException {
        var store = visit.keptElsewhere().isEmpty() ? Optional.of(services.store().cards()) : Optional.<CardStore>empty();
        var client = new PreviewClients(office, store, rules.settings(), letters.relations()).choose(form.get(MailFields.CLIENT));
        var writers = writers(listed, form);
        var writer = form.fields().containsKey(MailFields.WRITER)
                ? form.get(MailFields.WRITER)
                : writers.stream().findFirst().map(MailModel.Option::value).orElse("");
        var part = new PreviewPart(visit, rules, words, states, services.time());
        var shown = part.letters(draft, form.kinds(), client.relation().map(Object::toString), writer);
        var isUnknown = client.relation().isEmpty() && !client.text().isEmpty();
        return new MailModel.Preview(
                client.text(),
                client.options(),
                writer,
                writers,
                shown,
                states.of(form),
                draft.isPresent() ? part.changed(shown) : "",
                problem,
                isUnknown ? visit.say("mail.preview.client.unknown", client.text()) : "");
    }

    /// The office's people; without a list, those on cards and those who wrote lately. The last is one whom no one knows.
    private List<MailModel.Option> writers(List<Mailbox> listed, MailForm form) {
        var people = new LinkedHashMap<String, Mailbox>();
        var known = listed.isEmpty()
                ? Stream.concat(
                        cards.people().stream().map(CardPerson::mailbox),
                        letters.senders().stream().flatMap(sender -> Address.parse(sender).stream()).map(Mailbox::of))
                : listed.stream();
        known.limit(MOST_WRITERS).forEach(person -> people.putIfAbsent(person.address().mailboxKey(), person));
        Mailbox.parse(form.get(MailFields.WRITER)).ifPresent(person -> people.putIfAbsent(person.address().mailboxKey(), person));
        var options = new ArrayList<MailModel.Option>();
        people.values().forEach(person -> options.add(new MailModel.Option(
                person.written(), person.name().isEmpty() ? person.address().toString() : person.name())));
        options.add(new MailModel.Option("", visit.say("mail.preview.writer.unknown")));
        return options;
    }

    MailModel.Wrong wrong(MailForm form, List<FieldProblem> problems) {
        return new MailModel.Wrong(
                visit.say("mail.preview.problem") + " " + problems.getFirst().message(), states.of(form, problems));
    }

    MailModel.Replay replay(OfficeSettings draft) throws SQLException {
        try {
            return new ReplayPart(visit, rules, services.replayer(), words, names(draft)).of(draft);
        } catch (SpoolException away) {
            throw away(away);
        }
    }

    private Map<String, String> names(OfficeSettings draft) {
        return Stream.of(Stream.of(draft.company()), draft.users().stream(), cards.people().stream().map(CardPerson::mailbox))
                .flatMap(Function.identity())
                .filter(person -> !person.name().isEmpty())
                .collect(Collectors.toMap(person -> person.address().mailboxKey(), Mailbox::name, (one, other) -> one));
    }

    /// Kinds of messages that the form doesn't have.
    List<MailModel.Seen> seen(MailForm form) {
        return letters.kinds().entrySet().stream()
                .filter(kind -> !form.kinds().contains(kind.getKey()))
                .map(kind -> new MailModel.Seen(kind.getKey(), kind.getValue()))
                .toList();
    }

    /// @param opened a kind whose fields are to be seen; empty for none
    MailFormView fields(MailForm form, List<FieldProblem> problems, List<FieldProblem> warnings, MailModel.Preview preview, String opened) {
        var byId = preview.states().stream().collect(Collectors.toMap(MailModel.State::id, Function.identity()));
        return new MailFormView(visit.texts(), words, returns, form, cards, problems, warnings, byId, opened);
    }
}
