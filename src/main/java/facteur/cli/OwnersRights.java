package facteur.cli;

import facteur.platform.config.Problems;
import facteur.platform.privileges.Privileges;
import facteur.relay.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// Sees to it that what root does in the state folder is done as the folder's owner, so that nothing is left there that
/// the daemon can't use. For one thread.
final class OwnersRights {
    private String remark = "";

    /// @return false when it can't be done, which is said
    boolean assumeFor(Path config, PrintWriter err) {
        try {
            assumeFor(config);
            return true;
        } catch (IOException refused) {
            err.println("facteur: " + refused.getMessage());
            return false;
        }
    }

    /// For what is read and written from here on, the configuration itself included. One that can't be read changes
    /// nothing: the verb will say so.
    ///
    /// @throws IOException when it can't be done; the message is for the operator
    void assumeFor(Path config) throws IOException {
        assume(Config.state(config, new Problems(), System::getenv));
    }

    /// @throws IOException when it can't be done; the message is for the operator
    void assume(Path state) throws IOException {
        Privileges.asOwnerOf(state).ifPresent(owner -> remark = "facteur: this was done as " + owner.name() + ", whom " + state + " belongs to");
    }

    /// What helps to understand a failure.
    Optional<String> remark() {
        return Optional.of(remark).filter(text -> !text.isEmpty());
    }
}
