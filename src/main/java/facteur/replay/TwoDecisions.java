package facteur.replay;

import facteur.intake.Decider;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.ContextName;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.policy.Policy;
import facteur.settings.SettingsSource;
import facteur.spool.PastLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decides letters by the settings that an office has, and by a draft: those that say the same, once. For one thread; blocks for
/// the source of cards.
final class TwoDecisions {
    /// What came of one letter.
    sealed interface Pair {
        record Decided(Outcome before, Outcome after) implements Pair {}

        /// One of them depends on a card that can't be used now.
        record Undecided() implements Pair {}
    }

    /// All that makes a difference.
    ///
    /// @param relation empty where neither asks for the client's card
    private record Said(Optional<ContextName> context, Optional<RelationId> relation, String sender, HeaderEncoding encoding) {}

    private final SettingsSource settings;
    private final Decider decider;
    private final OfficeSettings current;
    private final OfficeSettings draft;
    private final Map<Said, Pair> decided = new HashMap<>();
    private final Map<RelationId, Lookup<RelationCard>> cards = new HashMap<>();

    TwoDecisions(SettingsSource settings, Decider decider, OfficeSettings current, OfficeSettings draft) {
        this.settings = settings;
        this.decider = decider;
        this.current = current;
        this.draft = draft;
    }

    OfficeId office() {
        return draft.id();
    }

    /// @param next what may be asked next, this letter first
    Pair of(PastLetter letter, List<PastLetter> next) {
        var said = said(letter);
        said.relation().filter(relation -> !cards.containsKey(relation)).ifPresent(_ -> lookUp(next));
        return decided.computeIfAbsent(said, this::decide);
    }

    private Said said(PastLetter letter) {
        var context = Optional.of(letter.context().text()).filter(text -> !text.isEmpty()).map(ContextName::new);
        var relation = asksForCard(current, context) || asksForCard(draft, context)
                ? RelationId.parse(letter.relation().text())
                : Optional.<RelationId>empty();
        return new Said(context, relation, letter.sender().text(), letter.encoding());
    }

    /// Of the next clients whose cards aren't known, as many as one question may be for.
    private void lookUp(List<PastLetter> next) {
        cards.putAll(settings.relations(draft.id(), next.stream()
                .flatMap(letter -> said(letter).relation().stream())
                .filter(relation -> !cards.containsKey(relation))
                .distinct()
                .limit(settings.cardsAtOnce())
                .collect(Collectors.toUnmodifiableSet())));
    }

    private static boolean asksForCard(OfficeSettings office, Optional<ContextName> context) {
        return Policy.roleAsked(office, context).isPresent();
    }

    private Pair decide(Said said) {
        var before = decide(current, said);
        var after = decide(draft, said);
        return before.isPresent() && after.isPresent() ? new Pair.Decided(before.get(), after.get()) : new Pair.Undecided();
    }

    private Optional<Outcome> decide(OfficeSettings office, Said said) {
        return card(office, said).map(card -> Outcome.of(
                decider.decide(office, card, said.context(), Address.parse(said.sender()).map(Mailbox::of), said.encoding())));
    }

    /// Looked up only when it counts, as for a letter.
    ///
    /// @return empty when it can't be used
    private Optional<RelationCard> card(OfficeSettings office, Said said) {
        if (said.relation().isEmpty() || !asksForCard(office, said.context())) {
            return Optional.of(RelationCard.EMPTY);
        }
        return switch (Objects.requireNonNull(cards.get(said.relation().get()))) {
            case Lookup.Found<RelationCard>(var card, _) -> Optional.of(card);
            case Lookup.Missing<RelationCard> _ -> Optional.of(RelationCard.EMPTY);
            case Lookup.Unavailable<RelationCard> _, Lookup.Unusable<RelationCard> _ -> Optional.empty();
        };
    }
}
