package facteur.store;

import java.sql.SQLException;

/// The disk has room for letters alone. Nothing was written, or no more than the pieces before.
public final class NoRoomException extends SQLException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
        super("the disk has room for letters alone");
    }
}
