package facteur.returns;

import facteur.journal.MailEvent;
import facteur.mail.returned.Action;
import facteur.platform.config.Word;
import facteur.platform.log.LetterAddresses;
import facteur.spool.NewReturn;
import facteur.spool.Recipient;
import facteur.spool.ReturnStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// What the journal says of what came back.
final class ReturnEvents {
    static final String COPY = "copy";

    private ReturnEvents() {}

    static List<MailEvent> of(ReturnStore.Answered letter, NewReturn arrived, ReturnStore.Taken taken) {
        var id = letter.id().text();
        var office = letter.office();
        var returnId = arrived.letter().id().text();
        if (taken.copyOf().isPresent()) {
            return List.of(new MailEvent.ReturnNoted(id, office, returnId, COPY, addresses(arrived.statuses())));
        }
        var events = new ArrayList<MailEvent>();
        for (var status : taken.changed()) {
            events.add(status.action() == Action.FAILED
                    ? new MailEvent.Returned(id, office, status.address(), returnId, status.status(), status.diagnostic(), status.host())
                    : new MailEvent.Delivered(id, office, status.address(), returnId, status.host()));
        }
        var noted = new LinkedHashMap<String, List<NewReturn.Status>>();
        for (var status : arrived.statuses()) {
            if (!taken.changed().contains(status)) {
                noted.computeIfAbsent(kind(letter, status), _ -> new ArrayList<>()).add(status);
            }
        }
        noted.forEach((kind, statuses) -> events.add(new MailEvent.ReturnNoted(id, office, returnId, kind, addresses(statuses))));
        return events.isEmpty()
                ? List.of(new MailEvent.ReturnNoted(id, office, returnId, Word.of(arrived.kind()), List.of()))
                : events;
    }

    /// Why it changes nothing.
    private static String kind(ReturnStore.Answered letter, NewReturn.Status status) {
        if (status.position() == NewReturn.UNKNOWN) {
            return "unknown-recipient";
        }
        return switch (status.action()) {
            case DELAYED, RELAYED, EXPANDED -> Word.of(status.action());
            case FAILED, DELIVERED ->
                letter.recipients().get(status.position()).status() == Recipient.Status.PENDING ? "pending" : "known";
        };
    }

    private static List<String> addresses(List<NewReturn.Status> statuses) {
        return statuses.stream().map(NewReturn.Status::address).distinct().toList();
    }

    /// Whom hosts may name in their words.
    static LetterAddresses persons(ReturnStore.Answered letter, NewReturn arrived) {
        return new LetterAddresses(() -> Stream.concat(
                letter.recipients().stream().map(recipient -> recipient.address().toString()),
                arrived.statuses().stream().map(NewReturn.Status::address)));
    }
}
