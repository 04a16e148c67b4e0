package facteur.store;

import facteur.office.OfficeId;
import java.sql.SQLException;

/// Takes back what a version did to cards.
final class CardUndo {
    private final StoreWriter writer;

    CardUndo(StoreWriter writer) {
        this.writer = writer;
    }

    UndoResult run(OfficeId office, Version version, Author author) throws SQLException {
        throw new UnsupportedOperationException(writer + " " + office + version + author);
    }
}
