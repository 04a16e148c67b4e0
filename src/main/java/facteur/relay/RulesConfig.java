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
    static RulesConfig from(Section root, Address sharedAddress) {
        var settings = root.section("settings");
        return new RulesConfig(
                Roles.from(root),
                SourceSettings.from(settings),
                CacheTimes.from(settings),
                DomainSettings.from(root.section("domains")),
                root.section("contexts").choice("unknown", UnknownContext.GENERAL),
                root.section("delivery").value("reverse-path", text -> ReversePathRule.parse(text, sharedAddress))
                        .orElse(new ReversePathRule.Always(sharedAddress)),
                root.section("received").choice("client", ReceivedClient.FULL));
    }
}
