package facteur.office;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A way in which an employee answers for a client, as the client's card names it: up to 32 lower-case letters, digits and
/// dashes, a letter first. Which roles there are is configured: [Roles].
public record Role(String name) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /// Other replies, and what stands beside roles in cards, columns, rows and requests.
    private static final Set<String> RESERVED =
            Set.of("general", "company", "sender", "relation", "name", "role", "mailbox", "delete", "people");

    // Below the two above: made by them.
    public static final Role COLLABORATOR = new Role("collaborator");
    public static final Role SUBSTITUTE = new Role("substitute");
    public static final Role RESPONSIBLE = new Role("responsible");
    public static final Role PARTNER = new Role("partner");

    /// @throws IllegalArgumentException when it can't be the name of a role, with the reason
    public Role {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a role: up to 32 of a-z 0-9 -, a letter first");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' can't be a role: it has a meaning of its own in settings");
        }
    }

    /// @return empty when it can't be the name of a role
    public static Optional<Role> parse(String name) {
        return FORM.matcher(name).matches() && !RESERVED.contains(name) ? Optional.of(new Role(name)) : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
