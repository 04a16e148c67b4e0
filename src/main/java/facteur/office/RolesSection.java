package facteur.office;

import facteur.mail.automatic.Language;
import facteur.mail.message.DisplayName;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the list `roles`: names, or mappings of a name and what people call it. Stateless.
final class RolesSection {
    private static final String ROLES = "roles";
    private static final String NAME = "name";

    private RolesSection() {}

    static Roles read(Section root) {
        if (!root.has(ROLES)) {
            return Roles.DEFAULT;
        }
        var labels = new LinkedHashMap<Role, Map<Language, String>>();
        var items = root.sections(ROLES, NAME);
        if (items.isEmpty()) {
            root.problem(ROLES,
                    "is an empty list: at least one role is needed; without the key there are " + String.join(", ", Roles.DEFAULT.names()));
        }
        for (var item : items) {
            if (!item.has(NAME)) {
                item.problem(NAME, ProblemCode.VALUE_MISSING, "is missing");
            }
            var own = labels(item);
            item.value(NAME, Role::new).filter(role -> labels.putIfAbsent(role, own) != null)
                    .ifPresent(role -> item.problem("", ProblemCode.KEY_TWICE, "the role '" + role + "' is given twice"));
        }
        return labels.isEmpty() ? Roles.DEFAULT : new Roles(new ArrayList<>(labels.keySet()), labels);
    }

    private static Map<Language, String> labels(Section item) {
        var labels = new EnumMap<Language, String>(Language.class);
        for (var language : Language.values()) {
            item.value(language.word(), RolesSection::label).ifPresent(label -> labels.put(language, label));
        }
        return labels;
    }

    private static String label(String text) {
        var label = DisplayName.visible(text);
        if (label.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return label;
    }
}
