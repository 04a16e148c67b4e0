package facteur.office;

import facteur.mail.automatic.Language;
import java.util.Map;
import java.util.Optional;

/// What roles are called that most accounting offices have. Stateless.
final class RoleLabels {
    private record Label(String en, String fr, String nl) {}

    private static final Map<String, Label> LABELS = Map.of(
            "collaborator", new Label("Collaborator", "Collaborateur", "Medewerker"),
            "substitute", new Label("Substitute", "Collaborateur remplaçant", "Vervangende medewerker"),
            "responsible", new Label("Person responsible", "Responsable", "Verantwoordelijke"),
            "partner", new Label("Partner", "Partenaire", "Partner"),
            "senior", new Label("Senior", "Senior", "Senior"),
            "assistant", new Label("Assistant", "Assistant", "Assistent"),
            "invoicing", new Label("Assistant for invoicing", "Assistant facturation", "Assistent facturatie"));

    private RoleLabels() {}

    static Optional<String> find(Role role, Language language) {
        return Optional.ofNullable(LABELS.get(role.name())).map(label -> switch (language) {
            case EN -> label.en;
            case FR -> label.fr;
            case NL -> label.nl;
        });
    }
}
