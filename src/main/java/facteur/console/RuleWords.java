package facteur.console;

import facteur.office.Role;
import facteur.policy.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What pages say of the rules: why one decided, and what was not so where one was passed over. Immutable.
///
/// @param name the people that the client's card names
/// @param role whom the card was looked through for, in words
/// @param trouble why an office's own address wasn't used
record RuleWords(Texts texts, String name, String role, String trouble) {
    static Optional<Rule> find(String id) {
        return Arrays.stream(Rule.values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// Within a sentence.
    static String role(Visit visit, Role role) {
        return words(visit).roleInSentence(role);
    }

    static MailWords words(Visit visit) {
        return new MailWords(visit.texts(), visit.rules().roles(), visit.rules().reader().sharedAddress());
    }

    /// To be read after *because*; empty for a rule that this version doesn't have.
    String because(String id) {
        return find(id).map(this::because).orElse("");
    }

    String because(Rule rule) {
        return texts.of("because." + rule.id(), switch (rule) {
            case CONTEXT_ROLE, GENERAL_ROLE -> name;
            case CONTEXT_ROLE_EMPTY, GENERAL_ROLE_EMPTY -> role;
            case FROM_FALLBACK -> trouble;
            case CONTEXT_ADDRESS, CONTEXT_GENERAL, CONTEXT_SENDER, GENERAL_COMPANY, GENERAL_SENDER, SENDER_UNKNOWN, FROM_SHARED, FROM_OFFICE -> "";
        });
    }

    /// The rules before this one, and what was not so.
    List<LetterModel.Passed> passedOver(String id) {
        return find(id).stream()
                .flatMap(rule -> rule.passedOver().stream())
                .map(rule -> new LetterModel.Passed(rule.id(), texts.of("log.passed." + rule.id())))
                .toList();
    }
}
