package facteur.platform.privileges;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Gives up root's rights where they would leave files that a daemon can't use.
///
/// A daemon works as the user whom its state folder belongs to. What root makes in there is root's: a key that the
/// daemon can't sign with, a lock that it can't take. So root's work there is done as that user from the start; files
/// that root had open before stay open. There is no way back: for commands, which do one thing and end.
public final class Privileges {
    private static volatile boolean wasRoot;

    private Privileges() {}

    /// Whether this process was started by root and has given up root's rights since.
    public static boolean wasRoot() {
        return wasRoot;
    }

    /// Makes this process, if it is root's, work as the user whom a state folder belongs to. A folder that isn't there,
    /// or is root's as well, changes nothing; neither does a process of any other user.
    ///
    /// @return the user, when root's rights were given up just now
    /// @throws IOException when they can't be: what to do instead
    public static Optional<FileOwner> asOwnerOf(Path state) throws IOException {
        var owner = FileOwner.otherThanRoot(state);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        try {
            become(owner.get());
        } catch (IOException refused) {
            throw new IOException(state + " belongs to " + owner.get().name() + ": do this as that user (" + refused.getMessage() + ")", refused);
        }
        return owner;
    }

    private static void become(FileOwner owner) throws IOException {
        var account = SystemUser.of(owner);
        account.become();
        wasRoot = true;
        // Where libraries look for files of the user's.
        account.home().ifPresent(home -> System.setProperty("user.home", home));
        requireProgram(owner);
    }

    /// The rest of the program is still to be loaded.
    private static void requireProgram(FileOwner owner) throws IOException {
        var home = System.getProperty("facteur.home");
        if (home != null && !Files.isReadable(Path.of(home, "lib"))) {
            throw new IOException(owner.name() + " can't read the program in " + home);
        }
    }
}
