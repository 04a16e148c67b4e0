package facteur.console;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.spool.LetterHistory;
import facteur.spool.QueueStatus;
import facteur.store.Store;
import facteur.store.StoredCard;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What pages say of a letter of the message log. For one page.
final class LetterWords {
    private static final int RECIPIENTS = 3;

    private final View view;
    private final Store store;
    private final Map<String, String> clients = new HashMap<>();

    LetterWords(View view, Store store) {
        this.view = view;
        this.store = store;
    }

    /// Its kind, in the reader's language where the kind is a common one.
    String kind(LetterHistory letter) {
        var name = letter.provenance().context().text();
        if (letter.provenance().app().isEmpty()) {
            return view.say("log.kind.own");
        }
        return name.isEmpty() ? view.say("mail.kind.none") : Kinds.label(view.texts(), name);
    }

    /// The client's name and number; the number alone where no card has a name.
    String client(LetterHistory letter) throws SQLException {
        var relation = letter.provenance().relation().text();
        if (relation.isEmpty()) {
            return "";
        }
        var key = letter.provenance().office().text() + "\n" + relation;
        var known = clients.get(key);
        if (known == null) {
            var name = name(letter.provenance().office().text(), relation);
            known = name.isEmpty() ? relation : name + " (" + relation + ")";
            clients.put(key, known);
        }
        return known;
    }

    private String name(String office, String relation) throws SQLException {
        var id = OfficeId.parse(office);
        var client = RelationId.parse(relation);
        return id.isPresent() && client.isPresent()
                ? store.cards().card(id.get(), client.get().composed()).map(StoredCard::name).orElse("")
                : "";
    }

    /// The first of them, and how many more there are.
    String recipients(LetterHistory letter) {
        var all = letter.recipients();
        var first = all.stream().limit(RECIPIENTS).map(LetterHistory.OfRecipient::address).collect(Collectors.joining(", "));
        return all.size() > RECIPIENTS ? view.say("log.recipients.more", first, all.size() - RECIPIENTS) : first;
    }

    /// Where it is, or what came of it.
    StateWord state(LetterHistory letter) {
        return letter.place().map(place -> waiting(place)).orElseGet(() -> ended(letter.recipients()));
    }

    private StateWord waiting(LetterHistory.Place place) {
        return switch (place.standing()) {
            case ACTIVE -> new StateWord(view.say("log.state.active"), StateWord.PLAIN);
            case DEFERRED -> new StateWord(
                    place.attempts() == 0 ? view.say("log.state.new") : view.say("log.state.deferred", view.brief(place.dueAt())),
                    place.attempts() == 0 ? StateWord.PLAIN : StateWord.WARN);
            case HOLD -> new StateWord(view.say("log.state.hold"), StateWord.WARN);
        };
    }

    private StateWord ended(List<LetterHistory.OfRecipient> recipients) {
        var relayed = of(recipients, "relayed");
        var delivered = of(recipients, "delivered");
        var returned = of(recipients, "returned");
        var removed = of(recipients, "removed");
        var sent = relayed + delivered;
        var failed = recipients.size() - sent - returned - removed;
        if (delivered == recipients.size() && delivered > 0) {
            return new StateWord(view.say("log.state.delivered"), StateWord.OK);
        }
        if (sent == recipients.size()) {
            return new StateWord(view.say("log.state.relayed"), StateWord.OK);
        }
        if (removed == recipients.size()) {
            return new StateWord(view.say("log.state.removed"), StateWord.BAD);
        }
        if (failed == recipients.size()) {
            return new StateWord(view.say("log.state.failed"), StateWord.BAD);
        }
        if (returned > 0) {
            return new StateWord(view.say("log.state.returned", returned, recipients.size()), StateWord.BAD);
        }
        return new StateWord(view.say("log.state.partly", sent, recipients.size()), StateWord.BAD);
    }

    private static long of(List<LetterHistory.OfRecipient> recipients, String status) {
        return recipients.stream().filter(recipient -> recipient.status().equals(status)).count();
    }

    /// Why it is held, for those who may see it.
    static Optional<String> holdReason(LetterHistory letter) {
        return letter.place()
                .filter(place -> place.standing() == QueueStatus.HOLD)
                .map(LetterHistory.Place::holdReason)
                .filter(reason -> !reason.isEmpty());
    }
}
