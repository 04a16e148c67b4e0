package facteur.office;

import facteur.mail.automatic.Language;
import facteur.platform.config.Nearest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The roles there are, in the order in which people see them. Immutable.
///
/// @param list at least one, each once
/// @param labels what people read instead of a name, where the configuration says it
public record Roles(List<Role> list, Map<Role, Map<Language, String>> labels) {
    public static final Roles DEFAULT = of(Role.COLLABORATOR, Role.SUBSTITUTE, Role.RESPONSIBLE, Role.PARTNER);

    /// @throws IllegalArgumentException when there is none, or one comes twice
    public Roles {
        list = List.copyOf(list);
        labels = Map.copyOf(labels);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("there must be a role");
        }
        if (new HashSet<>(list).size() < list.size()) {
            throw new IllegalArgumentException("a role comes twice");
        }
    }

    public static Roles of(Role... roles) {
        return new Roles(Arrays.asList(roles), Map.of());
    }

    public List<String> names() {
        return list.stream().map(Role::name).toList();
    }

    public Optional<Role> find(String name) {
        return list.stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /// The role that a mistyped name was meant to be; empty when none is near.
    public Optional<Role> nearest(String name) {
        return Nearest.of(name, names()).flatMap(this::find);
    }

    /// What people read: the configured label, otherwise ours, otherwise the label in another language, or the name.
    public String label(Role role, Language language) {
        var own = labels.getOrDefault(role, Map.of());
        return Optional.ofNullable(own.get(language))
                .or(() -> RoleLabels.find(role, language))
                .or(() -> Arrays.stream(Language.values()).filter(own::containsKey).map(own::get).findFirst())
                .orElse(role.name());
    }
}
