package facteur.route;

import facteur.mail.smtp.Address;
import java.util.List;

/// The route that a letter leaves by, for display. Immutable.
///
/// @param number of the entry under `routes`, from 1; 0 when there are none, and every upstream serves every letter
/// @param toDomains which recipients it is for, as the entry names them; empty = all that no route before took
/// @param recipients those of the letter that go this way; empty when none were named
/// @param upstreams the first choice first
public record MatchedRoute(int number, List<String> toDomains, List<Address> recipients, List<RankedUpstream> upstreams) {
    public MatchedRoute {
        toDomains = List.copyOf(toDomains);
        recipients = List.copyOf(recipients);
        upstreams = List.copyOf(upstreams);
    }
}
