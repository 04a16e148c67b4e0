package facteur.api;

import facteur.access.Scope;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.Section;
import facteur.settings.SettingsCode;
import facteur.store.CardStore;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One person for another on all cards. Immutable.
record People(CardStore store, Supplier<Roles> roles) {
    private record Replacement(Address from, Optional<Mailbox> to, Set<Role> roles) {}

    List<Endpoint> endpoints() {
        return List.of(Endpoint.ofOffice("POST", "/people/replace", Scope.CARDS_WRITE, this::replace));
    }

    private Answer replace(Call call) throws SQLException {
        call.request().queryHasOnly(List.of("dry-run"));
        var isDryRun = call.request().flag("dry-run");
        var wanted = JsonBody.read(JsonBody.members(call.request()), this::read);
        var result = isDryRun
                ? store.countReplacing(call.office(), wanted.from(), wanted.to(), wanted.roles())
                : store.replacePerson(call.office(), wanted.from(), wanted.to(), wanted.roles(), call.author());
        return BulkAnswer.of(result, "office");
    }

    /// Without `to` the roles are left to the others; without `roles` all are meant.
    private Replacement read(Section body) {
        var none = Address.of("none@invalid");
        return new Replacement(
                body.requiredValue("from", People::address, none),
                body.value("to", People::mailbox),
                body.has("roles") ? new HashSet<>(body.values("roles", this::role)) : new HashSet<>(roles.get().list()));
    }

    private static Address address(String text) {
        return mailbox(text).address();
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow(() -> new InvalidValueException(SettingsCode.ADDRESS_INVALID, "not a mailbox: " + text));
    }

    private Role role(String name) {
        var names = roles.get().names();
        return roles.get().find(name).orElseThrow(() -> InvalidValueException.unknownWord(
                "'" + name + "' is not one of " + String.join(", ", names), name, names));
    }
}
