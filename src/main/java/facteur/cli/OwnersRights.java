package facteur.cli;

import facteur.platform.privileges.Privileges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// When root runs a verb, the work in the state folder is done as the folder's owner: files of root's there would be
/// unusable for the daemon. For one thread.
final class OwnersRights {
    private String remark = "";

    /// From here on, files are read and written as the owner of the state folder.
    ///
    /// @throws IOException when that isn't possible; the message is for the operator
    void assume(Path state) throws IOException {
        Privileges.asOwnerOf(state).ifPresent(owner -> remark = "facteur: this was done as " + owner.name() + ", the owner of " + state);
    }

    /// What helps to understand a failure.
    Optional<String> remark() {
        return Optional.of(remark).filter(text -> !text.isEmpty());
    }
}
