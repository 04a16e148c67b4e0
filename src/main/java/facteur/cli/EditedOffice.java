package facteur.cli;

import facteur.platform.config.Problems;
import facteur.settings.OfficeFolder;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.StoredOffice;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/// Settings that a user is editing in a file. For one thread.
///
/// @param folder that holds the file, and no other
record EditedOffice(OpenStore settings, Path folder, Author author, Invocation invocation) {
    /// Saves them if they are right, and no one else has saved others since.
    ///
    /// @param based what the user has seen
    /// @return empty when they can't be saved as they are; then why has been said
    Optional<ChangeResult> save(StoredOffice based) throws SQLException {
        var problems = new Problems();
        var config = settings.config();
        var written = new OfficeFolder(folder, config.sharedAddress(), config.rules().roles(), invocation.time())
                .read(Optional.of(based.id()), problems, _ -> true)
                .offices();
        if (written.isEmpty()) {
            invocation.err().println(problems);
            return Optional.empty();
        }
        if (written.getFirst().cards().isPresent()) {
            invocation.err().println("relations: the cards of clients are not changed here; facteur settings import has them");
            return Optional.empty();
        }
        var result = settings.store().settings().put(
                based.id(), written.getFirst().settings(), new Precondition.AtVersion(based.settingsAt()), author);
        return switch (result) {
            case ChangeResult.Changed _, ChangeResult.Unchanged _ -> Optional.of(result);
            case ChangeResult.Stale _ -> {
                invocation.err().println("facteur: " + based.id() + " " + ChangeReport.why(result) + ":");
                printTheirs(based);
                yield Optional.empty();
            }
            case ChangeResult.Invalid _, ChangeResult.Missing _, ChangeResult.Conflict _ -> {
                invocation.err().println(ChangeReport.why(result));
                yield Optional.empty();
            }
        };
    }

    private void printTheirs(StoredOffice based) throws SQLException {
        settings.store().settings().office(based.id()).ifPresent(
                theirs -> KeyDifference.between(based.settings(), theirs.settings()).forEach(line -> invocation.err().println("  " + line)));
        invocation.err().println("What you save now replaces that.");
    }
}
