package facteur.settings;

import facteur.office.ReplyTo;
import facteur.office.Role;

/// The words that settings use for whom a reply goes to.
final class ReplyToWords {
    /// At the general level.
    enum General {
        COMPANY,
        SENDER,
        COLLABORATOR,
        SUBSTITUTE,
        RESPONSIBLE,
        PARTNER;

        ReplyTo replyTo() {
            return switch (this) {
                case COMPANY -> new ReplyTo.ToCompany();
                case SENDER -> new ReplyTo.ToSender();
                case COLLABORATOR -> new ReplyTo.ToRole(Role.COLLABORATOR);
                case SUBSTITUTE -> new ReplyTo.ToRole(Role.SUBSTITUTE);
                case RESPONSIBLE -> new ReplyTo.ToRole(Role.RESPONSIBLE);
                case PARTNER -> new ReplyTo.ToRole(Role.PARTNER);
            };
        }
    }

    /// In a context.
    enum InContext {
        GENERAL,
        SENDER,
        COLLABORATOR,
        SUBSTITUTE,
        RESPONSIBLE,
        PARTNER
    }

    private ReplyToWords() {}
}
