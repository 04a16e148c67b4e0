package facteur.access;

import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;

/// What a provider's two claims let a person do: an office, a list of offices, or `*`, and one role. Without them, nothing.
sealed interface ClaimedGrants {
    record Some(List<Grant> grants) implements ClaimedGrants {}

    /// @param why a sentence for the operator
    record None(String why) implements ClaimedGrants {}

    String ALL = "*";

    static ClaimedGrants of(Claims claims, OidcSettings settings) {
        var offices = claims.texts(settings.officeClaim());
        if (offices.isEmpty()) {
            return new None("the ID token has no claim " + settings.officeClaim() + " with an office, a list of offices, or " + ALL);
        }
        var roles = claims.texts(settings.roleClaim());
        if (roles.size() > 1) {
            return new None("the claim " + settings.roleClaim() + " has more than one role");
        }
        if (roles.isEmpty() && claims.members().member(settings.roleClaim()).isPresent()) {
            return new None("the claim " + settings.roleClaim() + " is no role");
        }
        return offices.contains(ALL) ? ofAll(roles, settings) : ofOffices(offices, roles, settings);
    }

    private static ClaimedGrants ofAll(List<String> roles, OidcSettings settings) {
        if (roles.isEmpty() || roles.getFirst().equals(AccessRole.OPERATOR.word())) {
            return new Some(List.of(Grant.operator()));
        }
        return roles.getFirst().equals(AccessRole.VIEWER.word())
                ? new Some(List.of(Grant.viewer()))
                : new None("with the office " + ALL + ", the claim " + settings.roleClaim() + " must be operator or viewer, or missing");
    }

    private static ClaimedGrants ofOffices(List<String> offices, List<String> roles, OidcSettings settings) {
        var role = roles.stream().flatMap(word -> AccessRole.find(word).stream()).filter(AccessRole::isOfOffice).findFirst();
        if (role.isEmpty()) {
            return new None("the claim " + settings.roleClaim() + " must be admin or reader");
        }
        var ids = offices.stream().flatMap(office -> OfficeId.parse(office).stream()).distinct().toList();
        return ids.size() == offices.stream().distinct().count()
                ? new Some(ids.stream().map(office -> new Grant(Optional.of(office), role.get())).toList())
                : new None("the claim " + settings.officeClaim() + " has what is no id of an office");
    }
}
