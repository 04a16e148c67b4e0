package facteur.store;

/// What a body of many cards would do, found without writing anything. Immutable.
public sealed interface CardPlan {
    /// @param counts of its good lines; what is wrong with the others
    /// @param unnamed how many cards the office has that the body doesn't name, be it in a bad line
    /// @param isVague whether there are bad lines of which it can't be known whose they are: what isn't named can't be known then
    record Known(CardCounts counts, long unnamed, boolean isVague) implements CardPlan {}

    /// @param why anything but [CardsResult.Written]
    record Unknown(CardsResult why) implements CardPlan {}
}
