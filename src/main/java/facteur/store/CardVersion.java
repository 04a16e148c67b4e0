package facteur.store;

import java.sql.SQLException;

/// Versions that change cards. Stateless.
final class CardVersion {
    /// When the journal is told.
    enum Telling {
        NOW,
        /// When all of its cards are known.
        LATER
    }

    private CardVersion() {}

    /// To be called with the office's row locked.
    ///
    /// @param undoes the version that this takes back; 0 when none
    /// @param cards how many it changes by now
    /// @return its number
    static long begin(StoreTransaction transaction, OfficeRow row, Author author, long undoes, long cards, Telling telling)
            throws SQLException {
        var number = row.version() + 1;
        var version = new Version(number, transaction.now(), ChangeKind.CARDS, author, undoes, cards);
        ChangeRows.insert(transaction, row.id(), version, new ChangeRows.Texts(ChangeRows.NO_SETTINGS, ChangeRows.NO_SETTINGS), telling);
        row.withCardsChanged(number, transaction.now()).update(transaction.statements());
        return number;
    }
}
