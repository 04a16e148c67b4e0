package facteur.domain;

/// Why a record is probably wrong: what usually happens when one is typed into a provider's form. Immutable.
///
/// @param name of the record as it should be, in A-labels
/// @param kind what happened
/// @param at where the text is, in A-labels
public record RecordFault(String name, Kind kind, String at) {
    public enum Kind {
        /// The provider put the domain behind a name that had it already.
        NAME_DOUBLED,
        /// It is at the domain itself.
        NAME_LEFT_OUT,
        /// It is there without an underscore.
        UNDERSCORE_LEFT_OUT,
        /// Only a part of the text is there.
        TEXT_CUT,
        /// Marks of quotation became part of the text.
        QUOTES_DOUBLED,
        /// So did backslashes, which some programs put before semicolons.
        BACKSLASHES,
        /// There is more than the text.
        TEXT_LONGER,
        /// The text is one of the same sort, from another time or for another office.
        OTHER_TEXT
    }
}
