package facteur.cli;

import facteur.backup.Backup;
import facteur.backup.BackupException;
import facteur.backup.Existing;
import facteur.platform.database.DatabaseSettings;
import facteur.relay.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `facteur backup`.
@Command(name = "backup", mixinStandardHelpOptions = true,
        description = "Writes queue, history, store, keys and tokens into one file. The relay may be running.")
final class BackupFile implements Callable<Integer> {
    static final String PG_DUMP =
            "the backup file does not contain the queue, which is in PostgreSQL: back it up with pg_dump, restore it with pg_restore";

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean isForced;

    @Parameters(paramLabel = "FILE", description = "The ZIP file to create, with mode 0600.")
    private Path file = Path.of("");

    BackupFile(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var installation = config.installation(invocation);
        var place = installation.place();
        try {
            write(place, isForced ? Existing.REPLACE : Existing.REFUSE);
        } catch (BackupException refused) {
            throw CommandException.of(refused);
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
        installation.record(place);
        return ExitCode.OK.number();
    }

    private void write(Config.Place place, Existing existing) throws BackupException, IOException, SQLException {
        var backup = new Backup(place.state(), invocation.time());
        switch (place.database()) {
            case DatabaseSettings.InState inState -> {
                try (var database = inState.openBeside()) {
                    print(backup.write(Optional.of(database), file, existing));
                }
            }
            case DatabaseSettings.OnServer _ -> {
                var _ = backup.write(Optional.empty(), file, existing);
                invocation.out().println(file + ": keys and tokens");
                invocation.err().println("facteur: " + PG_DUMP);
            }
        }
    }

    private void print(Backup.Made made) {
        made.lost().forEach(id -> invocation.err().println("facteur: the body of letter " + id + " is lost; the letter is not in the backup"));
        invocation.out().println(file + ": letters in the queue: " + made.letters() + ", with a body in a file: " + made.bodies()
                + "; history, store, keys and tokens; the configuration is not included");
    }
}
