package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DomainState;
import facteur.platform.idna.DomainName;
import java.time.Instant;
import java.util.function.Function;

/// What pages say of a claim on a domain. Immutable.
///
/// @param shared the relay's own address
/// @param usedUntil until when letters leave under a domain whose records are missing
record DomainWords(View view, String shared, Function<DomainState.Degraded, Instant> usedUntil) {
    static DomainWords of(Visit visit) {
        var rules = visit.rules();
        return new DomainWords(visit.view(), rules.reader().sharedAddress().toString(), rules.desk()::usedUntil);
    }

    /// Two or three words.
    StateWord brief(DomainState state) {
        return new StateWord(view.say("domains.state." + state.word()), style(state));
    }

    /// A sentence: what it means for letters.
    StateWord sentence(Claim claim) {
        var domain = DomainName.unicode(claim.domain());
        return new StateWord(switch (claim.state()) {
            case DomainState.Pending _ -> view.say("domains.is.pending", domain);
            case DomainState.Verified _ -> view.say("domains.is.verified", domain);
            case DomainState.Unconfirmed(var since, _) -> view.say("domains.is.unconfirmed", domain, view.time(since));
            case DomainState.Degraded degraded -> view.say("domains.is.degraded", domain, view.time(usedUntil.apply(degraded)));
            case DomainState.Suspended(var since, _) -> view.say("domains.is.suspended", domain, view.time(since));
            case DomainState.Failed _ -> view.say("domains.is.failed", domain);
        }, style(claim.state()));
    }

    private static String style(DomainState state) {
        return switch (state) {
            case DomainState.Verified _ -> StateWord.OK;
            case DomainState.Pending _ -> StateWord.PLAIN;
            case DomainState.Unconfirmed _, DomainState.Degraded _ -> StateWord.WARN;
            case DomainState.Suspended _, DomainState.Failed _ -> StateWord.BAD;
        };
    }

    /// When we look next by ourselves.
    String next(Claim claim, Instant now) {
        var at = claim.nextCheckAt();
        if (!at.isAfter(now)) {
            return view.say("domains.next.now");
        }
        return view.date(at).equals(view.date(now)) ? view.hour(at) : view.time(at);
    }
}
