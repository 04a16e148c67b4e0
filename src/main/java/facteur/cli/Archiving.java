package facteur.cli;

import facteur.act.Acts;
import facteur.act.Operator;
import facteur.backup.Backup;
import facteur.backup.BackupException;
import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.platform.config.Problems;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/// Puts the state that a configuration names into a file and back, and says what came of it. For one thread.
final class Archiving {
    private static final String PG_DUMP =
            "the queue is in PostgreSQL, and not in the file: pg_dump backs it up, pg_restore puts it back";

    private final Path config;
    private final OwnersRights rights;
    private final InstantSource time;
    private final String command;
    private final PrintWriter out;
    private final PrintWriter err;

    /// @param command for its record
    Archiving(Path config, OwnersRights rights, InstantSource time, String command, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.rights = rights;
        this.time = time;
        this.command = command;
        this.out = out;
        this.err = err;
    }

    private interface Work {
        void run(Config.Place place) throws BackupException, SpoolException, IOException, SQLException;
    }

    private ExitCode at(Work work) {
        var problems = new Problems();
        var place = Config.place(config, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            return ExitCode.CONFIG;
        }
        try {
            work.run(place);
            record(place);
            return ExitCode.OK;
        } catch (BackupException refused) {
            return switch (refused.kind()) {
                case IN_THE_WAY -> {
                    err.println("facteur: " + refused.getMessage() + "; --force makes room for another");
                    yield ExitCode.CANNOT_CREATE;
                }
                case NOT_OURS -> {
                    err.println("facteur: " + refused.getMessage());
                    yield ExitCode.NO_PERMISSION;
                }
                case UNFIT -> {
                    err.println("facteur: " + refused.getMessage());
                    yield ExitCode.DATA;
                }
            };
        } catch (SpoolException | SQLException failure) {
            err.println("facteur: " + Reason.of(failure));
            return ExitCode.CANNOT_CREATE;
        } catch (IOException failure) {
            err.println("facteur: " + Reason.of(failure));
            return ExitCode.CANNOT_CREATE;
        }
    }

    private void record(Config.Place place) {
        try (var database = place.database().openBeside()) {
            new Acts(database, time).record(Operator.ofProcess(System::getenv), command);
        } catch (SQLException failure) {
            err.println("facteur: done, but not recorded: " + Reason.of(failure));
        }
    }

    ExitCode backup(Path target, Existing existing) {
        return at(place -> {
            var backup = new Backup(place.state(), time);
            switch (place.database()) {
                case DatabaseSettings.InState inState -> {
                    try (var database = inState.openBeside()) {
                        tell(backup.write(Optional.of(database), target, existing), target);
                    }
                }
                case DatabaseSettings.OnServer _ -> {
                    backup.write(Optional.empty(), target, existing);
                    out.println(target + ": keys and tokens");
                    err.println("facteur: " + PG_DUMP);
                }
            }
        });
    }

    private void tell(Backup.Made made, Path target) {
        made.lost().forEach(id -> err.println("facteur: the body of letter " + id + " is lost; the letter is not in the backup"));
        out.println(target + ": letters in the queue: " + made.letters() + ", with a body in a file: " + made.bodies()
                + "; history, keys and tokens; the configuration is not in it");
    }

    ExitCode restore(Path archive, Existing existing, Restore.Waiting waiting) {
        return at(place -> {
            var queue = switch (place.database()) {
                case DatabaseSettings.InState _ -> Restore.Queue.IN_STATE;
                case DatabaseSettings.OnServer _ -> Restore.Queue.ON_SERVER;
            };
            var restored = new Restore(archive, queue, time, rights::assume).into(place.state(), existing, waiting);
            restored.aside().ifPresent(aside -> out.println("the state that was here is in " + aside));
            switch (queue) {
                case IN_STATE -> tell(restored, waiting);
                case ON_SERVER -> out.println("keys and tokens are back; " + PG_DUMP);
            }
        });
    }

    private void tell(Restore.Restored restored, Restore.Waiting waiting) {
        out.println("letters in the queue: " + restored.letters() + ", as of " + restored.madeAt());
        out.println(switch (waiting) {
            case DUE -> "Those that were relayed since will be sent a second time when the relay starts; restore with --hold to look first";
            case HELD -> "They are on hold: facteur queue list --state hold; facteur queue release or remove";
        });
    }
}
