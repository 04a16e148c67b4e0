package facteur.policy;

import java.util.ArrayList;
import java.util.List;

/// What to warn of when someone asks for a decision. Pure.
public final class Warnings {
    private Warnings() {}

    /// Sentences, most surprising first; often none.
    ///
    /// @param unclear fields of the letter that couldn't be read
    public static List<String> of(SendingContext letter, Decision decision, List<Unclear> unclear) {
        var warnings = new ArrayList<String>();
        unclear.forEach(field -> warnings.add(field + ": it counts as unknown"));
        warnings.addAll(unknownContext(letter));
        letter.context().flatMap(letter.office()::context).ifPresent(context -> context.ignoredAddress().ifPresent(
                address -> warnings.add("the context's free address " + address.address() + " is ignored: it counts only with 'reply-to: general'")));
        if (decision instanceof Decision.Rewrite(_, _, _, var replyToRule, var fallback)) {
            fallback.ifPresent(why -> warnings.add("the office's own address is not used as From: " + why));
            switch (replyToRule) {
                case CONTEXT_ROLE_EMPTY, GENERAL_ROLE_EMPTY -> warnings.add("this client's card has no one in that role, or there is no such card");
                case SENDER_UNKNOWN -> warnings.add("the letter's author isn't known, or isn't among the office's users");
                default -> {}
            }
        }
        return warnings;
    }

    /// One sentence when the office doesn't configure the letter's context, none otherwise.
    public static List<String> unknownContext(SendingContext letter) {
        return letter.isContextUnknown()
                ? List.of("unknown context " + letter.context().get() + ": general rules used")
                : List.of();
    }
}
