package facteur.access;

import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a person may see and change. Immutable.
public record Rights(List<Grant> grants) {
    public static final Rights NONE = new Rights(List.of());

    public Rights {
        grants = List.copyOf(grants);
    }

    public boolean reads(OfficeId office) {
        return seesAll() || isAt(office, AccessRole.ADMIN) || isAt(office, AccessRole.READER);
    }

    public boolean writes(OfficeId office) {
        return operates() || isAt(office, AccessRole.ADMIN);
    }

    /// Whether every office is seen, and the relay itself.
    public boolean seesAll() {
        return operates() || has(AccessRole.VIEWER);
    }

    /// Whether every office may be changed, and the relay itself.
    public boolean operates() {
        return has(AccessRole.OPERATOR);
    }

    /// Those that a grant names, by their ids.
    public List<OfficeId> offices() {
        var ids = new TreeSet<String>();
        grants.forEach(grant -> grant.office().ifPresent(office -> ids.add(office.text())));
        return ids.stream().map(OfficeId::new).toList();
    }

    private boolean has(AccessRole role) {
        return grants.stream().anyMatch(grant -> grant.role() == role);
    }

    private boolean isAt(OfficeId office, AccessRole role) {
        return grants.stream().anyMatch(grant -> grant.role() == role && grant.office().equals(Optional.of(office)));
    }

    /// In the order of their words.
    Set<String> words() {
        var words = new TreeSet<String>();
        grants.forEach(grant -> words.add(grant.toString()));
        return words;
    }
}
