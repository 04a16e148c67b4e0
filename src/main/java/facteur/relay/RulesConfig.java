package facteur.relay;

import facteur.domain.DomainSettings;
import facteur.intake.ReversePathRule;
import facteur.mail.smtp.Address;
import facteur.office.Roles;
import facteur.platform.config.Section;
import facteur.policy.UnknownContext;
import facteur.rewrite.ReceivedClient;
import facteur.settings.CacheTimes;
import facteur.settings.SourceSettings;

/// What decides how a letter is rewritten. Immutable.
///
/// @param roles that replies may go to
/// @param receivedClient how much of an app our own Received field shows
public record RulesConfig(
        Roles roles,
        SourceSettings settings,
        CacheTimes cacheTimes,
        DomainSettings domains,
        UnknownContext unknownContext,
        ReversePathRule reversePath,
        ReceivedClient receivedClient) {
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
                root.section("received").choice("client", ReceivedClient.FULL));
    }

    private static ReversePathRule reversePath(Section delivery, Address sharedAddress, boolean hasReturns) {
        var standard = hasReturns ? new ReversePathRule.Returns() : new ReversePathRule.Always(sharedAddress);
        var rule = delivery.value("reverse-path", text -> ReversePathRule.parse(text, sharedAddress)).orElse(standard);
        if (rule instanceof ReversePathRule.Returns && !hasReturns) {
            delivery.problem("reverse-path", "needs returns.domain");
        }
        return rule;
    }
}
