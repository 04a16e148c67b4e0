package facteur.access;

import facteur.office.OfficeId;
import java.util.Optional;

/// One role, and the office it is for. Immutable.
///
/// @param office empty for operators and viewers
public record Grant(Optional<OfficeId> office, AccessRole role) {
    /// @throws IllegalArgumentException when the role needs an office that isn't named, or the other way about
    public Grant {
        if (role.isOfOffice() != office.isPresent()) {
            throw new IllegalArgumentException(
                    role.isOfOffice() ? "the role " + role + " is for one office" : "the role " + role + " is for all offices");
        }
    }

    public static Grant operator() {
        return new Grant(Optional.empty(), AccessRole.OPERATOR);
    }

    public static Grant viewer() {
        return new Grant(Optional.empty(), AccessRole.VIEWER);
    }

    public static Grant admin(OfficeId office) {
        return new Grant(Optional.of(office), AccessRole.ADMIN);
    }

    public static Grant reader(OfficeId office) {
        return new Grant(Optional.of(office), AccessRole.READER);
    }

    /// Its office; empty text for all.
    String officeText() {
        return office.map(OfficeId::text).orElse("");
    }

    /// `dupont:admin`; `operator`.
    @Override
    public String toString() {
        return office.map(id -> id + ":").orElse("") + role;
    }
}
