package facteur.intake;

import facteur.domain.DomainRegistry;
import facteur.domain.DomainState;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.Sender;
import facteur.policy.SenderReader;
import facteur.policy.SendingContext;
import facteur.policy.Unclear;
import facteur.settings.SettingsSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks up what a letter's office wants and applies the rules. The relay and `facteur explain` both ask here, so what
/// one does the other can tell.
///
/// Thread-safe; blocks for the settings source.
public final class Decider {
    private final SettingsSource settings;
    private final DomainRegistry domains;
    private final Policy policy;
    private final OutboundEncoding outbound;

    /// @param outbound limits the addresses that the rules may write
    public Decider(SettingsSource settings, DomainRegistry domains, Policy policy, OutboundEncoding outbound) {
        this.settings = settings;
        this.domains = domains;
        this.policy = policy;
        this.outbound = outbound;
    }

    /// @param control what the header says in its control fields
    /// @param header as the app wrote it
    /// @param encoding UTF8 when the app speaks SMTPUTF8
    public DecisionResult judge(OfficeId office, ControlFields control, Header header, HeaderEncoding encoding) {
        return switch (settings.office(office)) {
            case Lookup.Missing<OfficeSettings> _ -> new DecisionResult.NoOffice();
            case Lookup.Unavailable<OfficeSettings>(var why) -> new DecisionResult.Unavailable(why);
            case Lookup.Unusable<OfficeSettings>(var why) -> new DecisionResult.Unusable(why);
            case Lookup.Found<OfficeSettings>(var found, var loadedAt) -> judge(found, loadedAt, control, header, encoding);
        };
    }

    /// The same by settings that are given, such as a draft, with the cards and domains that the office has.
    ///
    /// @param loadedAt when they were
    public DecisionResult judge(
            OfficeSettings office, Instant loadedAt, ControlFields control, Header header, HeaderEncoding encoding) {
        return switch (card(office, control)) {
            case Lookup.Unavailable<RelationCard>(var why) -> new DecisionResult.Unavailable(why);
            case Lookup.Unusable<RelationCard>(var why) -> new DecisionResult.Unusable(why);
            case Lookup.Missing<RelationCard> _ -> judge(office, loadedAt, RelationCard.EMPTY, control, header, encoding);
            case Lookup.Found<RelationCard>(var card, _) -> judge(office, loadedAt, card, control, header, encoding);
        };
    }

    /// Looked up only when it counts: a letter whose replies go to the company waits for no card.
    private Lookup<RelationCard> card(OfficeSettings office, ControlFields control) {
        return Policy.roleAsked(office, control.context())
                .flatMap(_ -> control.relation())
                .map(relation -> settings.relation(office.id(), relation))
                .orElse(new Lookup.Missing<>());
    }

    private DecisionResult judge(
            OfficeSettings office,
            Instant loadedAt,
            RelationCard card,
            ControlFields control,
            Header header,
            HeaderEncoding encoding) {
        var sender = SenderReader.read(header, office);
        var letter = letter(office, card, control.context(), sender.known(), encoding);
        return new DecisionResult.Decided(letter, policy.decide(letter), unclear(control, sender), loadedAt);
    }

    /// The rules alone, where all that a letter says is known already. Asks no source, and doesn't block.
    ///
    /// @param encoding UTF8 when the app spoke SMTPUTF8
    public Decision decide(
            OfficeSettings office, RelationCard card, Optional<ContextName> context, Optional<Mailbox> sender, HeaderEncoding encoding) {
        return policy.decide(letter(office, card, context, sender, encoding));
    }

    private SendingContext letter(
            OfficeSettings office, RelationCard card, Optional<ContextName> context, Optional<Mailbox> sender, HeaderEncoding encoding) {
        return new SendingContext(
                office, card, context, sender, fromDomain(office, context), encoding.and(outbound.of(office.id())));
    }

    /// Who answers a letter that has left, by what was looked up for [#judge]: the sender's own words are of no concern here.
    public Policy.Answerers answerers(SendingContext letter) {
        return policy.answerers(letter);
    }

    /// Whether what upstreams can carry is only assumed.
    @SuppressWarnings("ReferenceEquality") // That one constant, which has no value to compare.
    public boolean isOutboundAssumed() {
        return outbound == OutboundEncoding.ASSUMED_UTF8;
    }

    /// Whether the decision depends on upstreams that accept SMTPUTF8: without, an address would count as absent.
    public boolean needsUtf8(SendingContext letter) {
        return letter.encoding() == HeaderEncoding.UTF8 && !policy.decide(letter.inAscii()).equals(policy.decide(letter));
    }

    /// Of the domain of an address, for that office; empty when it was not added for it.
    public Optional<DomainState> stateOf(OfficeId office, Address address) {
        return domains.stateOf(office, address);
    }

    private Optional<DomainState> fromDomain(OfficeSettings office, Optional<ContextName> context) {
        return Policy.fromAsked(office, context).flatMap(from -> domains.stateOf(office.id(), from.address()));
    }

    private static List<Unclear> unclear(ControlFields control, Sender sender) {
        return switch (sender) {
            case Sender.Known _ -> control.unclear();
            case Sender.Unknown(var unclear) -> Stream.concat(control.unclear().stream(), unclear.stream()).toList();
        };
    }
}
