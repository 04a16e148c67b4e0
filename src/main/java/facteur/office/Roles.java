package facteur.office;

import facteur.mail.automatic.Language;
import facteur.platform.config.Nearest;
import facteur.platform.config.Section;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The roles there are, in the order in which people see them. Immutable.
///
/// @param list at least one, each once
/// @param labels what people read instead of a name, where the configuration says it
public record Roles(List<Role> list, Map<Role, Map<Language, String>> labels) {
    public static final Roles DEFAULT = of(Role.COLLABORATOR, Role.SUBSTITUTE, Role.RESPONSIBLE, Role.PARTNER);

    /// @throws IllegalArgumentException when there is none, or one comes twice
    public Roles {
        list = List.copyOf(list);
        labels = labels.entrySet().stream()
                .filter(label -> !label.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, label -> Map.copyOf(label.getValue())));
        if (list.isEmpty()) {
            throw new IllegalArgumentException("there must be a role");
        }
        if (new HashSet<>(list).size() < list.size()) {
            throw new IllegalArgumentException("a role comes twice");
        }
    }

    /// Reads the list `roles`; without it, the default.
    ///
    /// @param root of the configuration
    public static Roles from(Section root) {
        return RolesSection.read(root);
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

    /// What is wrong with a name that isn't listed.
    public String unlisted(String name) {
        return "'" + name + "' is not one of " + String.join(", ", names()) + Nearest.hint(name, names());
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
