package facteur.platform.config;

/// What a blank text says.
enum Blanks {
    /// What it is: a text of no characters, which most readers refuse.
    A_TEXT,

    /// That there is no value, as `null` does, and as an empty list does in the place of a mapping. Programs write each of
    /// these for the others: a form sends an empty text for what was not filled in, and PHP has one empty array for both.
    NOTHING
}
