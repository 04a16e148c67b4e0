package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.office.ContextName;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Over a source that can't list its offices, the answers held are all there is to know which roles are in use.
final class SettingsCacheRolesTest extends SettingsCacheRig {
    private static final Roles OTHERS = Roles.of(Role.SUBSTITUTE, new Role("partners"));

    @Test
    void theAnswersHeldSayWhichRolesAreInUse() {
        var invoices = new ContextSettings(new ReplyTo.ToRole(Role.RESPONSIBLE), Optional.empty());
        var office = new OfficeSettings(
                DUPONT, "1", mailbox("o@d.example"), Optional.empty(), new ReplyTo.ToRole(Role.PARTNER), Map.of(ContextName.of("invoice"), invoices),
                List.of(), Sandbox.OFF, WhenUnverified.FALLBACK);
        var card = new RelationCard(Map.of(Role.PARTNER, List.of(mailbox("a@d.example")), Role.COLLABORATOR, List.of()));
        offices = () -> new Lookup.Found<>(office, time.instant());
        cards = () -> new Lookup.Found<>(card, time.instant());
        assertThat(unlisted(OTHERS)).isEmpty();
        cache.office(DUPONT);
        cache.relation(DUPONT, R1);
        assertThat(unlisted(Roles.DEFAULT)).isEmpty();
        assertThat(unlisted(OTHERS)).containsExactly(
                "office dupont: contexts.invoice.reply-to: 'responsible' is not one of substitute, partners",
                "office dupont: relations.R-1: 'partner' is not one of substitute, partners; did you mean 'partners'?",
                "office dupont: reply-to: 'partner' is not one of substitute, partners; did you mean 'partners'?");
        cache.evictAll();
        assertThat(unlisted(OTHERS)).isEmpty();
    }

    private List<String> unlisted(Roles next) {
        return cache.unlisted(next).orElseThrow().stream().map(Object::toString).toList();
    }
}
