package facteur.delivery;

import facteur.upstream.Breaker;
import facteur.upstream.Outcome;
import java.util.List;
import java.util.Optional;

/// What an attempt brought, before anybody judges it: from here on it must not get lost.
///
/// @param outcomes one for each recipient that was pending, in order
/// @param change what it taught us of the upstream
record Trial(Breaker.Ticket ticket, List<Outcome> outcomes, Optional<Breaker.Change> change) {}
