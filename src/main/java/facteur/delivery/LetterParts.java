package facteur.delivery;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A letter for each of the routes that the recipients of one need.
final class LetterParts {
    private LetterParts() {}

    /// The first part keeps the letter's id.
    static Map<RouteId, Letter> of(Letter letter, DeliveryRules rules, QueueIds queueIds) {
        var byRoute = rules.routes().byRoute(Addressed.of(letter));
        var parts = new LinkedHashMap<RouteId, Letter>();
        byRoute.forEach((route, recipients) -> parts.put(
                route, parts.isEmpty() ? letter.to(letter.id(), recipients) : part(letter, queueIds.next(), recipients, rules.returns())));
        return parts;
    }

    /// With a return address of its own, so that what comes back of it is found among its recipients.
    private static Letter part(Letter letter, QueueId id, List<ForwardPath> recipients, Optional<ReturnAddresses> returns) {
        var part = letter.to(id, recipients);
        return returns.filter(addresses -> isReturnAddress(letter, addresses))
                .flatMap(addresses -> addresses.of(ReturnKind.BOUNCE, id))
                .map(address -> part.withReversePath(ReversePath.of(address)))
                .orElse(part);
    }

    private static boolean isReturnAddress(Letter letter, ReturnAddresses addresses) {
        return switch (letter.envelope().reversePath()) {
            case ReversePath.Null() -> false;
            case ReversePath.Path(var address) ->
                addresses.read(address).equals(Optional.of(new ReturnAddress(ReturnKind.BOUNCE, letter.id())));
        };
    }
}
