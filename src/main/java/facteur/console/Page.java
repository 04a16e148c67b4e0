package facteur.console;

import facteur.web.Answer;
import java.io.IOException;
import java.sql.SQLException;

/// One method of one path, and who may use it. Immutable.
///
/// @param path with `{office}` where it is about one
/// @param isFromOutside whether a form of another site may be sent to it
record Page(String method, String path, Need need, boolean isFromOutside, Action action) {
    private static final String OF_OFFICE = "/o/{office}";

    /// What a page asks of who opens it. Without it, the page isn't there as far as they can see.
    enum Need {
        /// Nothing: the pages of signing in.
        NONE,
        /// Only to have signed in.
        SIGNED_IN,
        /// To read the office of the path.
        READ,
        /// To change the office of the path.
        WRITE,
        /// To see all offices: operators and the helpdesk.
        SEE_ALL,
        OPERATE
    }

    /// Answers a visit that may be made.
    @FunctionalInterface
    interface Action {
        /// @throws SQLException when the database is away
        /// @throws IOException when the disk doesn't take what is to be written
        Answer answer(Visit visit) throws SQLException, IOException;
    }

    /// A page of an office.
    ///
    /// @param path below `/o/{office}`
    static Page ofOffice(String path, Action action) {
        return new Page("GET", OF_OFFICE + path, Need.READ, false, action);
    }

    /// A form that changes something in an office.
    ///
    /// @param path below `/o/{office}`
    static Page change(String path, Action action) {
        return new Page("POST", OF_OFFICE + path, Need.WRITE, false, action);
    }

    /// A form that changes nothing: what a change would do.
    ///
    /// @param path below `/o/{office}`
    static Page trial(String path, Action action) {
        return new Page("POST", OF_OFFICE + path, Need.READ, false, action);
    }

    /// A page that is about no office.
    static Page get(String path, Need need, Action action) {
        return new Page("GET", path, need, false, action);
    }

    /// A form that is about no office.
    static Page post(String path, Need need, Action action) {
        return new Page("POST", path, need, false, action);
    }

    /// The same, that another site may send: the start from a suite.
    Page fromOutside() {
        return new Page(method, path, need, true, action);
    }

    boolean isOfOffice() {
        return path.startsWith(OF_OFFICE);
    }
}
