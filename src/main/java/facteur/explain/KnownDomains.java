package facteur.explain;

import facteur.domain.DomainRegistry;
import facteur.domain.DomainSettings;
import facteur.domain.DomainState;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.settings.OfficeDomains;
import java.util.Optional;

/// What is known of domains here, for the checks of their settings: as they are, or a draft. Thread-safe.
///
/// @param keys of the state folder
/// @param registry empty when the claims aren't known
/// @param returns of the relay, for what comes back; empty when letters leave with no return address
public record KnownDomains(
        KeyFolder keys,
        Optional<DomainRegistry> registry,
        DomainSettings.Verification verification,
        Optional<ReturnAddresses.Domains> returns)
        implements OfficeDomains {
    @Override
    public boolean hasKeys(String domain) {
        return !keys.read(domain).keys().isEmpty();
    }

    @Override
    public Optional<String> trouble(OfficeId office, Address address) {
        var domain = address.asciiDomain();
        return registry.flatMap(known -> known.stateOf(office, address)
                .map(state -> trouble(state, domain))
                .orElseGet(() -> Optional.of(unknown(office, domain))));
    }

    @Override
    public boolean hasReturns() {
        return returns.isPresent();
    }

    @Override
    public boolean hasReplies() {
        return returns.flatMap(ReturnAddresses.Domains::replies).isPresent();
    }

    private String unknown(OfficeId office, String domain) {
        return "isn't used: " + domain + switch (verification) {
            case DNS -> " is neither added nor trusted. Write: facteur domain add " + domain + " --office " + office
                    + "; or, if no proof is needed, add it to domains.trusted";
            case NONE -> " isn't in domains.trusted, and domains.verify is none";
        };
    }

    private static Optional<String> trouble(DomainState state, String domain) {
        return switch (state) {
            case DomainState.Verified _ -> Optional.empty();
            case DomainState.Pending _ ->
                Optional.of("isn't used yet: " + domain + " is added but not verified; see: facteur domain records " + domain);
            case DomainState.Unconfirmed(var since, var reason) ->
                Optional.of("may fail verification by receivers: DNS gave no sure answer for " + domain + ", reported " + since + ": " + reason);
            case DomainState.Degraded(var since, _, var reason) ->
                Optional.of("won't be used for long: " + domain + " has failed verification since " + since + ": " + reason);
            case DomainState.Suspended(var since, var reason) ->
                Optional.of("isn't used: " + domain + " has been suspended since " + since + ": " + reason);
            case DomainState.Failed(var since, var reason) ->
                Optional.of("isn't used: " + domain + " was never verified, and failed " + since + ": " + reason);
        };
    }
}
