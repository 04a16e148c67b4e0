package facteur.console;

import facteur.office.ContextReplyTo;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Roles;

/// Whom replies go to, to be read after *replies go*: *to the office*, *to the person responsible*. Immutable.
record ReplyWords(Texts texts, Roles roles) {
    String company() {
        return texts.of("history.to.company");
    }

    String asGeneral() {
        return texts.of("history.to.as-general");
    }

    String sender() {
        return texts.of("history.to.sender");
    }

    String address(String address) {
        return texts.of("history.to.address", address);
    }

    /// The operator's label for a role goes before our sentence.
    String role(Role role) {
        return roles.labels().containsKey(role) ? label(role) : texts.find("history.to.role." + role.name()).orElseGet(() -> label(role));
    }

    private String label(Role role) {
        return texts.of("history.to.role", roles.label(role, texts.language()));
    }

    String of(ReplyTo choice) {
        return switch (choice) {
            case ReplyTo.ToCompany() -> company();
            case ReplyTo.ToSender() -> sender();
            case ReplyTo.ToRole(var role) -> role(role);
        };
    }

    String of(ContextReplyTo choice) {
        return switch (choice) {
            case ContextReplyTo.AsGeneral() -> asGeneral();
            case ContextReplyTo.ToCompanyOr(var free) -> free.map(mailbox -> address(mailbox.toString())).orElseGet(this::company);
            case ReplyTo.ToSender() -> sender();
            case ReplyTo.ToRole(var role) -> role(role);
        };
    }
}
