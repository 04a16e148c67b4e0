package facteur.store;

import facteur.office.OfficeId;

/// Where the settings of an office name a person. Immutable.
///
/// @param isInSettings whether those in force do
/// @param cards how many present ones do
/// @param changes how many rows of the history do, those that hold what is in force not counted: they say it as long as it is
public record PersonTraces(OfficeId office, boolean isInSettings, long cards, long changes) {

    /// Whether letters still use what names the person.
    public boolean isInForce() {
        return isInSettings || cards > 0;
    }

    PersonTraces plus(PersonTraces more) {
        return new PersonTraces(office, isInSettings || more.isInSettings, cards + more.cards, changes + more.changes);
    }
}
