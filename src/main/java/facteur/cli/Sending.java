package facteur.cli;

import facteur.domain.DomainSettings;
import facteur.intake.ReversePathRule;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import java.util.Optional;
import java.util.function.Function;

/// What the verbs of domains need to know of the configuration.
///
/// @param offices asks the settings source, anew each time
public record Sending(
        Address sharedAddress,
        ReversePathRule reversePath,
        DomainSettings domains,
        Function<OfficeId, Lookup<OfficeSettings>> offices) {
    /// Of letters From a domain; empty = the app's own.
    Optional<Address> reversePath(String domain) {
        return switch (reversePath) {
            case ReversePathRule.Always(var address) -> Optional.of(address);
            case ReversePathRule.AsFrom() -> Optional.of(Address.of("any@" + domain));
            case ReversePathRule.Keep() -> Optional.empty();
        };
    }
}
