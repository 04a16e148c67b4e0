package facteur.replay;

import facteur.domain.DomainRegistry;
import facteur.fixture.MemorySettings;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.ContextSettings;
import facteur.office.Lookup;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.settings.SettingsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An office whose replies go to the one who is responsible, two clients, and sources of them.
final class ReplaySamples {
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final Address SHARED = Address.of("inbox@relay.example");
    static final Mailbox COMPANY = mailbox("Cabinet Dupont <office@dupont.example>");

    private ReplaySamples() {}

    static MemorySettings settings() {
        return new MemorySettings()
                .with(office(new ReplyTo.ToRole(Role.RESPONSIBLE)))
                .with(DUPONT, new RelationId("R-1"), card("An Peeters <an@dupont.example>", "Piet <piet@dupont.example>"))
                .with(DUPONT, new RelationId("R-2"), card("an@dupont.example", "AN@Dupont.example"));
    }

    static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow();
    }

    static RelationCard card(String responsible, String partner) {
        return new RelationCard(Map.of(Role.RESPONSIBLE, List.of(mailbox(responsible)), Role.PARTNER, List.of(mailbox(partner))));
    }

    static OfficeSettings office(ReplyTo general) {
        return office(general, Map.of(), Optional.empty());
    }

    static OfficeSettings office(ReplyTo general, Map<ContextName, ContextSettings> contexts, Optional<OfficeFrom> from) {
        return new OfficeSettings(
                DUPONT, "v42", COMPANY, from, general, contexts, List.of(), Sandbox.OFF, WhenUnverified.FALLBACK);
    }

    static Decider decider(SettingsSource source, UnknownContext unknown) {
        return new Decider(
                source, new DomainRegistry(Set.of("dupont.example")), new Policy(SHARED, unknown), OutboundEncoding.ASSUMED_UTF8);
    }

    /// @param questions gets what was asked for
    record InBulk(SettingsSource source, int cardsAtOnce, List<Set<RelationId>> questions) implements SettingsSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId office) {
            return source.office(office);
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
            throw new AssertionError("one by one");
        }

        @Override
        public Map<RelationId, Lookup<RelationCard>> relations(OfficeId office, Set<RelationId> relations) {
            questions.add(relations);
            return source.relations(office, relations);
        }

        @Override
        public void close() {}
    }

    interface Cards {
        Lookup<RelationCard> relation(OfficeId office, RelationId relation);
    }

    static SettingsSource broken(Lookup<OfficeSettings> answer) {
        return source(_ -> answer, (_, _) -> new Lookup.Missing<>());
    }

    static SettingsSource source(Function<OfficeId, Lookup<OfficeSettings>> offices, Cards cards) {
        return new SettingsSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Lookup<OfficeSettings> office(OfficeId office) {
                return offices.apply(office);
            }

            @Override
            public Lookup<RelationCard> relation(OfficeId office, RelationId relation) {
                return cards.relation(office, relation);
            }

            @Override
            public void close() {}
        };
    }
}
