package facteur.console;

import facteur.access.Token;
import facteur.store.StoredOffice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Who keeps an office's cards, and so whether they can be changed on a page. Immutable.
///
/// @param state of the four
/// @param app its name; empty unless it keeps them
/// @param lastUsed when the app was here last, if that is known
/// @param maySwitch whether this person may take the cards over, or give them back
public record CardKeeper(State state, String app, Optional<Instant> lastUsed, boolean maySwitch) {
    public enum State {
        /// Nobody has said: pages can change them, and the first app that pushes keeps them.
        OPEN,
        /// People have taken them over.
        PEOPLE,
        APP,
        /// Settings are kept outside of facteur, and cards with them.
        ELSEWHERE
    }

    private static final String TAKEN_OVER = "people";

    static CardKeeper of(Visit visit, Services services) throws SQLException {
        if (visit.keptElsewhere().isPresent()) {
            return new CardKeeper(State.ELSEWHERE, visit.keptElsewhere().get(), Optional.empty(), false);
        }
        var keeper = services.store().settings().office(visit.office()).map(StoredOffice::cardsKeptBy).orElse("");
        return switch (keeper) {
            case "" -> new CardKeeper(State.OPEN, "", Optional.empty(), false);
            case TAKEN_OVER -> new CardKeeper(State.PEOPLE, "", Optional.empty(), visit.mayWrite());
            default -> new CardKeeper(State.APP, keeper, lastUsed(services, keeper), visit.mayWrite());
        };
    }

    private static Optional<Instant> lastUsed(Services services, String name) throws SQLException {
        return services.tokens().list().stream()
                .filter(token -> token.name().equals(name) && token.revocation().isEmpty())
                .findFirst()
                .flatMap(Token::usedAt);
    }

    /// Whether pages can change the cards, for one who may.
    public boolean isHere() {
        return state == State.OPEN || state == State.PEOPLE;
    }

    public boolean isApp() {
        return state == State.APP;
    }

    public boolean isPeople() {
        return state == State.PEOPLE;
    }

    public boolean isElsewhere() {
        return state == State.ELSEWHERE;
    }
}
