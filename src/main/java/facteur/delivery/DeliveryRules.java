package facteur.delivery;

import facteur.route.Routes;

/// What letters are delivered by. Immutable; a reload replaces it.
public record DeliveryRules(Routes routes, Verdicts verdicts, DeliveryLimits limits, ReplyTiming acceptance) {}
