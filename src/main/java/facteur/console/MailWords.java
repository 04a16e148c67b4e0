package facteur.console;

import facteur.mail.smtp.Address;
import facteur.office.Role;
import facteur.office.Roles;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Mail settings in the words of one language. Immutable.
///
/// @param shared the relay's own address
record MailWords(Texts texts, Roles roles, Address shared) {
    /// Those that have a text of ours.
    private static final Set<Role> ROLES = Set.of(Role.COLLABORATOR, Role.SUBSTITUTE, Role.RESPONSIBLE, Role.PARTNER);

    private static final String FALLBACK = "fallback";

    /// Of a kind of messages; without one, the general word.
    String kind(String kind) {
        return kind.isEmpty() ? texts.of("mail.kind.none") : Kinds.label(texts, kind);
    }

    String role(Role role) {
        return roles.label(role, texts.language());
    }

    /// Within a sentence.
    String roleInSentence(Role role) {
        var own = roles.labels().containsKey(role) ? Optional.<String>empty() : texts.find("because.role." + role.name());
        return own.orElseGet(() -> lower(role(role)));
    }

    private static String lower(String label) {
        var isWord = label.length() < 2 || !Character.isUpperCase(label.charAt(1));
        return isWord ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1) : label;
    }

    /// The choice of a role for replies. The operator's label for a role goes before our sentence.
    String roleChoice(Role role) {
        return ROLES.contains(role) && !roles.labels().containsKey(role)
                ? texts.of("mail.reply." + role.name())
                : texts.of("mail.reply.role", role(role));
    }

    /// What a point is called, with the kind that it is about.
    String label(MailPoint point) {
        var label = texts.of(switch (point.part()) {
            case COMPANY_NAME -> "mail.point.company-name";
            case COMPANY_ADDRESS -> "mail.company.address";
            case FROM -> "mail.from.address";
            case FROM_NAME -> "mail.from.name";
            case UNVERIFIED -> "mail.unverified";
            case REPLY -> "mail.reply";
            case IGNORED -> "mail.point.ignored";
            case REPLIES, TELL, KNOWN_BAD, AUTO_REPLIES, NOTICE_LANGUAGE -> ReturnWords.label(point.part());
            case SANDBOX -> "mail.point.sandbox";
            case LISTED -> "mail.point.listed";
        });
        return point.kind().isEmpty() ? label : texts.of("mail.point.of-kind", kind(point.kind()), label);
    }

    /// What a value means, in the words of the page.
    String value(MailPoint point, String value) {
        var isGeneral = point.kind().isEmpty();
        return switch (point.part()) {
            case COMPANY_NAME, COMPANY_ADDRESS, IGNORED -> value.isEmpty() ? texts.of("mail.point.none") : value;
            case FROM -> !value.isEmpty() ? value : texts.of(isGeneral ? "mail.from.shared" : "mail.kind.as-general", shared);
            case FROM_NAME -> value.isEmpty() ? texts.of("mail.from.name.company") : value;
            case UNVERIFIED -> texts.of(value.equals(FALLBACK) ? "mail.unverified.fallback" : "mail.unverified.refuse");
            case REPLIES, TELL, KNOWN_BAD, AUTO_REPLIES, NOTICE_LANGUAGE -> new ReturnWords(texts).valueOrWhatCounts(point, value);
            case SANDBOX -> texts.of(value.isEmpty() ? "mail.point.no" : "mail.point.yes");
            case LISTED -> texts.of(value.isEmpty() ? "mail.point.no" : "mail.point.yes");
            case REPLY -> isGeneral ? reply(value) : replyOfKind(value);
        };
    }

    private String replyOfKind(String value) {
        if (value.isEmpty()) {
            return texts.of("mail.kind.as-general");
        }
        var address = MailJson.address(value);
        return !address.isEmpty() ? address : value.equals(MailJson.GENERAL) ? texts.of("mail.reply.company") : reply(value);
    }

    private String reply(String value) {
        return switch (value) {
            case "company" -> texts.of("mail.reply.company");
            case "sender" -> texts.of("mail.reply.sender");
            default -> Role.parse(value).flatMap(role -> roles.find(role.name())).map(this::roleChoice).orElseGet(() -> unlisted(value));
        };
    }

    /// A role that the operator has taken out of the list.
    String unlisted(String value) {
        return texts.of("mail.reply.unlisted", value);
    }
}
