package facteur.delivery;

import facteur.mail.returnpath.ReturnAddresses;
import facteur.route.Routes;
import java.util.Optional;

/// What letters are delivered by. Immutable; a reload replaces it.
///
/// @param returns empty while letters leave with no return address
public record DeliveryRules(
        Routes routes, Verdicts verdicts, DeliveryLimits limits, ReplyTiming acceptance, Optional<ReturnAddresses> returns) {
    /// Without return addresses.
    public DeliveryRules(Routes routes, Verdicts verdicts, DeliveryLimits limits, ReplyTiming acceptance) {
        this(routes, verdicts, limits, acceptance, Optional.empty());
    }
}
