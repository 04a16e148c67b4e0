package facteur.access;

import facteur.office.OfficeId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A token that was made, without what proves it. Immutable.
///
/// @param name given by who made it; no other token that isn't revoked has it
/// @param office that it is for; empty: all
/// @param suite of `console.suites` that it launches people for
/// @param madeBy who, as the record of operators' commands has it
/// @param until from then on it is refused
/// @param usedAt up to a minute late
public record Token(
        TokenId id,
        String name,
        Optional<OfficeId> office,
        Set<Scope> scopes,
        Optional<String> suite,
        Instant madeAt,
        String madeBy,
        Instant until,
        Optional<Instant> usedAt,
        Optional<Revocation> revocation) {
    /// What stands for all offices.
    public static final String ALL = "*";

    /// When and by whom it was revoked.
    public record Revocation(Instant at, String by) {}

    public Token {
        var copy = EnumSet.noneOf(Scope.class);
        copy.addAll(scopes);
        scopes = Collections.unmodifiableSet(copy);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean isForAll() {
        return office.isEmpty();
    }

    public boolean isFor(OfficeId wanted) {
        return office.isEmpty() || office.get().equals(wanted);
    }

    /// Its office, or `*`.
    public String officeText() {
        return office.map(OfficeId::text).orElse(ALL);
    }

    boolean isGood(Instant now) {
        return revocation.isEmpty() && now.isBefore(until);
    }
}
