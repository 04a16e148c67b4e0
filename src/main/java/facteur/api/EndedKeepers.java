package facteur.api;

import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.store.CardStore;
import facteur.store.SettingsStore;
import facteur.store.StoredOffice;
import java.sql.SQLException;

/// An app keeps an office's cards by the name of its token. When that token has ended, it keeps them no more: a program that got another
/// one goes on. Immutable.
record EndedKeepers(SettingsStore settings, CardStore cards, Tokens tokens) {
    /// The same, after a look at who keeps the cards if it writes cards, or takes a change of them back.
    Endpoint before(Endpoint endpoint) {
        return endpoint.scope() == Scope.CARDS_WRITE || endpoint.path().endsWith(Versions.UNDO)
                ? new Endpoint(endpoint.method(), endpoint.path(), endpoint.scope(), endpoint.reach(), call -> {
                    if (call.token().allows(Scope.CARDS_WRITE)) {
                        release(call);
                    }
                    return endpoint.action().answer(call);
                })
                : endpoint;
    }

    private void release(Call call) throws SQLException {
        var keeper = settings.office(call.office()).map(StoredOffice::cardsKeptBy).orElse("");
        if (!keeper.isEmpty() && !keeper.equals(call.token().name()) && !tokens.isInUse(keeper)) {
            var _ = cards.release(call.office(), keeper, call.author()); // What it says, the request itself will.
        }
    }
}
