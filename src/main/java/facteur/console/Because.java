package facteur.console;

import facteur.domain.DomainState;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeFrom;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.Rule;
import facteur.policy.SendingContext;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why a letter gets what it gets, as the end of a sentence: *because the client's card names An Peeters as partner*. Immutable.
record Because(Texts texts, MailWords words) {
    /// Why replies go where they go.
    String replies(SendingContext letter, Decision.Rewrite decision) {
        var role = Policy.roleAsked(letter.office(), letter.context()).map(words::roleInSentence).orElse("");
        return switch (decision.replyToRule()) {
            case CONTEXT_ROLE, GENERAL_ROLE -> {
                var people = decision.replyTo().stream().map(Because::name).collect(Collectors.joining(", "));
                yield rule(decision.replyToRule(), texts.of("because.person-as", people, role));
            }
            case CONTEXT_ROLE_EMPTY, GENERAL_ROLE_EMPTY -> rule(decision.replyToRule(), role);
            case CONTEXT_ADDRESS, CONTEXT_GENERAL, CONTEXT_SENDER, GENERAL_COMPANY, GENERAL_SENDER, SENDER_UNKNOWN, FROM_SHARED, FROM_OFFICE,
                    FROM_FALLBACK ->
                rule(decision.replyToRule(), "");
        };
    }

    /// Why it leaves under that address.
    String from(SendingContext letter, Decision.Rewrite decision) {
        return rule(decision.fromRule(), notUsed(letter).orElse(""));
    }

    /// Why the office's own address isn't used; empty when it is, or there is none.
    Optional<String> notUsed(SendingContext letter) {
        return Policy.fromAsked(letter.office(), letter.context())
                .map(OfficeFrom::address)
                .flatMap(address -> letter.encoding() == HeaderEncoding.ASCII && !address.isAsciiCapable()
                        ? Optional.of(texts.of("because.why.ascii", address))
                        : notUsed(address, letter.fromDomain()));
    }

    private Optional<String> notUsed(Address address, Optional<DomainState> state) {
        return state.filter(DomainState::isUsable).isPresent()
                ? Optional.empty()
                : Optional.of(texts.of("because.why." + state.map(DomainState::word).orElse("missing"), address.domain()));
    }

    /// @param value a person or a role; empty where the sentence has none
    private String rule(Rule rule, String value) {
        return texts.of("because." + rule.id(), value);
    }

    private static String name(Mailbox mailbox) {
        return mailbox.name().isEmpty() ? mailbox.address().toString() : mailbox.name();
    }
}
