package facteur.mail.returned;

import java.util.Locale;
import java.util.Optional;

/// What became of a letter for one recipient (RFC 3464 §2.3.3).
public enum Action {
    /// It isn't tried again.
    FAILED,
    /// Not delivered yet; the host goes on.
    DELAYED,
    DELIVERED,
    /// It went to a host that makes no reports on success.
    RELAYED,
    /// It went to the members of a list.
    EXPANDED;

    /// Reads the field. What is no word of RFC 3464, or isn't there, is told by the status; without one either, a report is
    /// one of failure: that is what hosts make them for.
    static Action of(String field, Optional<StatusCode> status) {
        var end = 0;
        while (end < field.length() && Character.isLetter(field.charAt(end))) {
            end++;
        }
        return switch (field.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "failed", "expired" -> FAILED;
            case "delayed" -> DELAYED;
            case "delivered" -> DELIVERED;
            case "relayed" -> RELAYED;
            case "expanded" -> EXPANDED;
            case String ignored -> status.map(Action::of).orElse(FAILED);
        };
    }

    private static Action of(StatusCode status) {
        return switch (status.kind()) {
            case 2 -> DELIVERED;
            case 4 -> DELAYED;
            default -> FAILED;
        };
    }
}
