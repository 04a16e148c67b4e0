package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The clients' cards, to be read and changed.
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class CardStore {
    private final StoreWriter writer;

    CardStore(StoreWriter writer) {
        this.writer = writer;
    }

    public Optional<StoredCard> card(OfficeId office, RelationId relation) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// In the order of their ids.
    ///
    /// @param after the last one of the page before
    public List<StoredCard> cards(OfficeId office, CardFilter filter, Optional<RelationId> after, int limit) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Replaces a card, or makes one.
    public ChangeResult put(OfficeId office, RelationId relation, JsonValue card, Precondition precondition, Author author)
            throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Changes what the patch names (RFC 7396), in one step.
    public ChangeResult patch(OfficeId office, RelationId relation, JsonValue mergePatch, Precondition precondition, Author author)
            throws SQLException {
        throw new UnsupportedOperationException();
    }

    public ChangeResult delete(OfficeId office, RelationId relation, Precondition precondition, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Puts one person in the place of another on all cards. Where the new one is already, one stays, at the earlier place.
    ///
    /// @param to empty to leave the role to the others
    /// @param isDryRun only counts
    public CardCounts replacePerson(OfficeId office, Address from, Optional<Mailbox> to, Set<Role> roles, boolean isDryRun, Author author)
            throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// The cards are an app's from now on. [ChangeResult.Conflict] `cards-kept-by` when they are another's.
    public ChangeResult keep(OfficeId office, String app, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// The cards are people's from now on, and pushes are refused.
    public ChangeResult takeOver(OfficeId office, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// The next app that pushes may keep them.
    public ChangeResult giveBack(OfficeId office, Author author) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
