package facteur.api;

import facteur.access.Scope;
import facteur.web.Answer;
import java.io.IOException;
import java.sql.SQLException;

/// One method of one path, and who may use it. Immutable.
///
/// @param path below `/api/v1`, with `{office}` where it is about one
/// @param scope that a token must have
record Endpoint(String method, String path, Scope scope, Reach reach, Action action) {
    private static final String OF_OFFICE = "/offices/{office}";

    /// Whose tokens.
    enum Reach {
        /// Those for all offices.
        ALL_OFFICES,
        /// Those for the office in the path, or for all.
        OFFICE
    }

    /// Answers a request of a token that may make it.
    @FunctionalInterface
    interface Action {
        /// @throws SQLException when the database is away
        /// @throws IOException when the disk doesn't take what is to be written
        Answer answer(Call call) throws SQLException, IOException;
    }

    static Endpoint ofAll(String method, String path, Scope scope, Action action) {
        return new Endpoint(method, path, scope, Reach.ALL_OFFICES, action);
    }

    /// @param path below `/offices/{office}`
    static Endpoint ofOffice(String method, String path, Scope scope, Action action) {
        return new Endpoint(method, OF_OFFICE + path, scope, Reach.OFFICE, action);
    }

    /// Whether an office that isn't there may come of it.
    boolean makesOffice() {
        return method.equals("PUT") && path.equals(OF_OFFICE);
    }
}
