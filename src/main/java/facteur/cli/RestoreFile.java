package facteur.cli;

import facteur.access.Tokens;
import facteur.backup.BackupException;
import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.platform.database.DatabaseSettings;
import facteur.relay.Config;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `facteur restore`.
@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Restores a backup into the state folder. The relay must be stopped. Letters relayed since the backup are sent again.")
final class RestoreFile implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--force", description = "Move the existing state aside.")
    private boolean isForced;

    @Option(names = "--hold", description = "Put every letter on hold, for review.")
    private boolean isHeld;

    @Parameters(paramLabel = "FILE", description = "A file that `facteur backup` wrote.")
    private Path file = Path.of("");

    RestoreFile(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var installation = config.installation(invocation);
        var place = installation.place();
        try {
            restore(place, isForced ? Existing.REPLACE : Existing.REFUSE, isHeld ? Restore.Waiting.HELD : Restore.Waiting.DUE);
        } catch (BackupException refused) {
            throw CommandException.of(refused);
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
        installation.record(place);
        return ExitCode.OK.number();
    }

    private void remindOfAccess(Config.Place place) throws SQLException {
        try (var database = place.database().openBeside()) {
            var hasTokens = new Tokens(database, invocation.time(), new SecureRandom()).list().stream()
                    .anyMatch(token -> token.revocation().isEmpty());
            if (hasTokens) {
                invocation.out()
                        .println("Tokens of the API that were revoked since the backup are good again: facteur token list, facteur token revoke");
            }
            if (OpenDatabase.persons(database, invocation).list().stream().anyMatch(person -> !person.isDisabled())) {
                invocation.out()
                        .println(
                                "Persons of the console have the passwords and roles of then; none is signed in: facteur user list, facteur user disable");
            }
        }
    }

    private void restore(Config.Place place, Existing existing, Restore.Waiting waiting)
            throws BackupException, SpoolException, IOException, SQLException {
        var queue = switch (place.database()) {
            case DatabaseSettings.InState _ -> Restore.Queue.IN_STATE;
            case DatabaseSettings.OnServer _ -> Restore.Queue.ON_SERVER;
        };
        var restored = new Restore(file, queue, invocation.time(), invocation.rights()::assume).into(place.state(), existing, waiting);
        var out = invocation.out();
        restored.aside().ifPresent(aside -> out.println("the previous state is in " + aside));
        switch (queue) {
            case IN_STATE -> {
                out.println("letters in the queue: " + restored.letters() + ", as of " + restored.madeAt());
                out.println(switch (waiting) {
                    case DUE -> "Letters relayed since the backup will be sent again; use --hold to review the queue first";
                    case HELD -> "They are on hold: facteur queue list --state hold; facteur queue release or remove";
                });
                remindOfAccess(place);
            }
            case ON_SERVER -> out.println("keys and tokens are restored; " + BackupFile.PG_DUMP);
        }
    }
}
