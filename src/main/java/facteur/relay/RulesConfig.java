package facteur.relay;

import facteur.domain.DomainSettings;
import facteur.intake.ReversePathRule;
import facteur.mail.smtp.Address;
import facteur.office.Roles;
import facteur.platform.config.Durations;
import facteur.platform.config.Section;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.settings.CacheTimes;
import facteur.settings.SourceSettings;
import java.time.Duration;
import java.util.Optional;

/// What decides how a letter is rewritten. Immutable.
///
/// @param roles that replies may go to
/// @param receivedClient how much of an app our own Received field shows
/// @param duplicates for how long a letter is known that its app may hand over again; empty = each counts as a new one
public record RulesConfig(
        Roles roles,
        SourceSettings settings,
        CacheTimes cacheTimes,
        DomainSettings domains,
        UnknownContext unknownContext,
        ReversePathRule reversePath,
        ReceivedClient receivedClient,
        Optional<Duration> duplicates) {
    private static final Duration KNOWN = Duration.ofHours(24);
    private static final String OFF = "off";

    /// @param hasReturns whether letters can have return addresses
    static RulesConfig from(Section root, Address sharedAddress, boolean hasReturns) {
        var settings = root.section("settings");
        return new RulesConfig(
                Roles.from(root),
                SourceSettings.from(settings),
                CacheTimes.from(settings),
                DomainSettings.from(root.section("domains")),
                root.section("contexts").choice("unknown", UnknownContext.GENERAL),
                reversePath(root.section("delivery"), sharedAddress, hasReturns),
                root.section("received").choice("client", ReceivedClient.FULL),
                root.section("delivery").value("duplicates", RulesConfig::duplicates).orElse(Optional.of(KNOWN)));
    }

    /// For how long letters are known; zero = not at all.
    Duration known() {
        return duplicates.orElse(Duration.ZERO);
    }

    private static Optional<Duration> duplicates(String text) {
        return text.equals(OFF)
                ? Optional.empty()
                : Optional.of(Section.within(Durations.parse(text), Duration.ofMinutes(1), Duration.ofDays(30)));
    }

    private static ReversePathRule reversePath(Section delivery, Address sharedAddress, boolean hasReturns) {
        var standard = hasReturns ? new ReversePathRule.Returns() : new ReversePathRule.Always(sharedAddress);
        var rule = delivery.value("reverse-path", text -> ReversePathRule.parse(text, sharedAddress)).orElse(standard);
        if (rule instanceof ReversePathRule.Returns && !hasReturns) {
            delivery.problem("reverse-path", "needs returns.domain");
        }
        if (hasReturns && !(rule instanceof ReversePathRule.Returns)) {
            delivery.warning("reverse-path",
                    "letters leave without a return address, so no bounce comes back as the section returns wants; write returns");
        }
        return rule;
    }
}
