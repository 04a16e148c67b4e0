package facteur.explain;

import facteur.mail.smtp.Reply;

/// What came of explaining a letter.
public sealed interface ExplainResult {
    /// The rules decided, for or against it.
    record Explained(Explanation explanation) implements ExplainResult {}

    /// The letter would be refused before the rules apply.
    record Refused(Reply reply) implements ExplainResult {}

    /// The letter names no office, and no app has a default one.
    record OfficeNeeded() implements ExplainResult {}

    /// @param named as it was named
    record NoOffice(String named) implements ExplainResult {}

    /// The settings are unavailable now.
    record Unavailable(String why) implements ExplainResult {}

    /// There are settings, or a card, and they are wrong.
    record Unusable(String why) implements ExplainResult {}
}
