package facteur.cli;

import facteur.access.SuiteSettings;
import facteur.act.Acts;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.spool.LetterLogReplay;
import facteur.spool.Reserve;
import facteur.spool.SpoolException;
import facteur.spool.StateFolder;
import facteur.web.ConsoleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// What a verb works on: the configuration, and the state that it names. For one thread.
final class VerbContext {
    private final Invocation invocation;
    private final Path file;

    /// @param file the configuration
    VerbContext(Invocation invocation, Path file) {
        this.invocation = invocation;
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// From here on, files are read and written as the user who owns the state folder.
    VerbContext asOwner() throws CommandException {
        try {
            invocation.rights().assume(Config.state(file, new Problems(), invocation::variable));
            return this;
        } catch (IOException refused) {
            throw CommandException.of(ExitCode.NO_PERMISSION, String.valueOf(refused.getMessage()));
        }
    }

    /// @throws CommandException for a configuration with problems
    Config config() throws CommandException {
        return config(new Problems());
    }

    /// @param problems gets the warnings too
    Config config(Problems problems) throws CommandException {
        var config = Config.read(file, problems, invocation::variable);
        if (!problems.isEmpty()) {
            throw CommandException.of(problems);
        }
        return config;
    }

    /// The names in `console.suites`. Other parts of the configuration may have problems.
    List<String> suites() {
        return Config.read(file, new Problems(), invocation::variable).federation().suites().stream().map(SuiteSettings::name).toList();
    }

    /// Where the queue is. Other parts of the configuration may have problems.
    Config.Place place() throws CommandException {
        var problems = new Problems();
        var place = Config.place(file, problems, invocation::variable);
        if (!problems.isEmpty()) {
            throw CommandException.of(problems);
        }
        return place;
    }

    /// Where the console is. Other parts of the configuration may have problems.
    ConsoleSettings console() throws CommandException {
        var problems = new Problems();
        var console = Config.console(file, problems, invocation::variable);
        if (!problems.isEmpty()) {
            throw CommandException.of(problems);
        }
        return console;
    }

    /// @param command for the record of what it changes
    OpenDatabase open(Config.Place place, String command) throws SQLException {
        var database = openBeside(place);
        var recorder = new Acts(database, invocation.time()).begin(invocation.operator(), command);
        return new OpenDatabase(database, place.state(), recorder, invocation);
    }

    /// Queue and message log.
    OpenDatabase openQueue() throws CommandException, SQLException {
        return open(asOwner().place(), command());
    }

    /// As [#open]; where there is no database yet, or an older one and no daemon, it is made as the first start of a daemon makes it.
    ///
    /// @throws SpoolException when it can't be made here
    OpenDatabase openOrMake(Config.Place place, String command) throws SQLException, SpoolException {
        try {
            return open(place, command);
        } catch (SQLException missing) {
            if (place.database().isAway(missing)) {
                throw missing;
            }
            try (var folder = StateFolder.open(place.state())) {
                folder.open(place.database()).close();
            } catch (SpoolException | SQLException cannot) {
                missing.addSuppressed(cannot);
                throw new SpoolException(missing.getMessage() + " (" + cannot.getMessage() + ")", missing);
            }
        }
        return open(place, command);
    }

    /// The domains of a configuration.
    OpenDatabase openDomains(Config config) throws SQLException {
        return open(new Config.Place(config.state(), config.spool().database()), command());
    }

    /// The same; the database is made where there is none: a relay may need a key of its own before its first start.
    OpenDatabase makeDomains(Config config) throws SQLException, CommandException {
        try {
            return openOrMake(new Config.Place(config.state(), config.spool().database()), command());
        } catch (SpoolException cannot) {
            throw CommandException.of(ExitCode.CANNOT_CREATE, Reason.of(cannot));
        }
    }

    /// The settings that are kept in the database of a configuration.
    OpenStore openStore(Config config) throws SQLException {
        return new OpenStore(openDomains(config), config, invocation);
    }

    /// The same; the database is made where there is none.
    OpenStore makeStore(Config config) throws SQLException, SpoolException {
        return new OpenStore(openOrMake(new Config.Place(config.state(), config.spool().database()), command()), config, invocation);
    }

    /// Records the command, which has changed something and is done.
    void record(Config.Place place) {
        try (var database = place.database().openBeside()) {
            new Acts(database, invocation.time()).record(invocation.operator(), command());
        } catch (SQLException failure) {
            invocation.err().println("facteur: done, but not recorded: " + Reason.of(failure));
        }
    }

    /// The command line, as it is recorded.
    String command() {
        return String.join(" ", invocation.words());
    }

    private Database openBeside(Config.Place place) throws SQLException {
        var database = openAsItIs(place);
        try {
            bringUpToDate(place, database);
            return database;
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /// What can't be written now is still there for the daemon: a command that reads goes on without it.
    private void bringUpToDate(Config.Place place, Database database) {
        try {
            LetterLogReplay.beside(place.state(), database);
        } catch (SQLException failure) {
            if (!isWrittenByReserve(place, database)) {
                invocation.err().println("facteur: without the letters of the last moments: " + Reason.of(failure));
            }
        }
    }

    private static boolean isWrittenByReserve(Config.Place place, Database database) {
        try {
            if (place.database() instanceof DatabaseSettings.InState(var state) && new Reserve(state).giveUpOnFullDisk()) {
                LetterLogReplay.beside(state, database);
                return true;
            }
            return false;
        } catch (SQLException stillFull) {
            return false;
        }
    }

    /// On a full disk there is no room for the files that SQLite creates beside its own.
    private static Database openAsItIs(Config.Place place) throws SQLException {
        try {
            return place.database().openBeside();
        } catch (SQLException failure) {
            if (place.database() instanceof DatabaseSettings.InState(var state) && new Reserve(state).giveUpOnFullDisk()) {
                return place.database().openBeside();
            }
            throw failure;
        }
    }
}
