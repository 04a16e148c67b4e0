package facteur.app;

import facteur.office.OfficeId;
import java.util.List;
import java.util.Optional;

/// A program that submits mail.
///
/// @param offices those it may send for, the first being the default; at least one unless the scope is `ANY`
public record App(String name, List<OfficeId> offices, Scope scope) {
    /// Whether the list of offices is all there is, or any office may be named.
    public enum Scope {
        LISTED,
        ANY
    }

    public App {
        offices = List.copyOf(offices);
    }

    /// The office that a letter is sent for.
    ///
    /// @param named what X-Office-Id says; empty when the letter doesn't
    /// @return empty when the app may not send for that office, or names none and has no default
    public Optional<OfficeId> office(Optional<String> named) {
        return named.isEmpty()
                ? firstOffice()
                : OfficeId.parse(named.get()).filter(office -> scope == Scope.ANY || offices.contains(office));
    }

    private Optional<OfficeId> firstOffice() {
        return offices.isEmpty() ? Optional.empty() : Optional.of(offices.getFirst());
    }
}
