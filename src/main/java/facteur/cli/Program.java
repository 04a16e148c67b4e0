package facteur.cli;

import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.domain.DomainDesk;
import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.spool.QueueDesk;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/// What the verbs need of the program, which is assembled above this package.
public interface Program {
    /// All problems and warnings of a configuration and of its offices.
    Problems check(Path config);

    /// Runs the daemon until it is told to stop.
    ///
    /// @param out gets a word of welcome
    /// @param err gets what prevents the start
    ExitCode run(Path config, PrintWriter out, PrintWriter err);

    /// Has the daemon that runs with a configuration read it anew.
    ///
    /// @param out gets what was taken over
    /// @param err gets why it was not
    ExitCode reload(Path config, PrintWriter out, PrintWriter err);

    /// Has that daemon forget what it knows of an office's settings.
    ExitCode evict(Path config, OfficeId office, PrintWriter out, PrintWriter err);

    /// Has that daemon try an upstream that is down, before its rest is over.
    ///
    /// @param out gets how it stood
    /// @param err gets why it is not tried
    ExitCode wake(Path config, String upstream, PrintWriter out, PrintWriter err);

    /// Has that daemon listen again to logins from addresses that have failed too often.
    ///
    /// @param address or a network in CIDR form
    ExitCode unlock(Path config, String address, PrintWriter out, PrintWriter err);

    /// Asks that daemon how it does.
    ///
    /// @param err gets why there is no answer
    /// @param taker gets the answer of `GET /status`: JSON
    ExitCode status(Path config, PrintWriter err, Consumer<String> taker);

    /// Puts the state that a configuration names into a file, whether or not a daemon runs.
    ///
    /// @param out gets what is in it
    /// @param err gets why it can't be made, and what isn't in it
    ExitCode backup(Path config, Path target, Existing existing, PrintWriter out, PrintWriter err);

    /// Puts such a file back, where no daemon runs.
    ///
    /// @param out gets what is in it, and what to mind
    /// @param err gets why it can't be put back
    ExitCode restore(
            Path config, Path archive, Existing existing, Restore.Waiting waiting, PrintWriter out, PrintWriter err);

    /// What is done with the queue.
    @FunctionalInterface
    interface QueueWork {
        ExitCode run(QueueDesk desk) throws SpoolException;
    }

    /// Works on the queue of a configuration, whether or not a daemon runs.
    ///
    /// @param err gets why it can't be had, or was not done to the end
    ExitCode queue(Path config, PrintWriter err, QueueWork work);

    /// Has a person forgotten in the state that a configuration names, whether or not a daemon runs.
    ///
    /// @param address of the person
    /// @param out gets what was found, and what is left
    /// @param err gets why it was not done to the end
    ExitCode forget(Path config, String address, Forgetting mode, PrintWriter out, PrintWriter err);

    /// Whether a person is forgotten, or only looked for.
    enum Forgetting {
        DONE,
        DRY_RUN
    }

    /// What is done with a configuration itself.
    @FunctionalInterface
    interface ConfiguredWork {
        ExitCode run(Configured configured);
    }

    /// Works with what a configuration says, whether or not a daemon runs.
    ///
    /// @param err gets what is wrong with it
    ExitCode configured(Path config, PrintWriter err, ConfiguredWork work);

    /// What is done with the domains.
    @FunctionalInterface
    interface DomainWork {
        ExitCode run(DomainDesk desk, Sending sending) throws SQLException, IOException;
    }

    /// Works on the domains of a configuration, whether or not a daemon runs.
    ///
    /// @param err gets why they can't be had, or it was not done to the end
    ExitCode domains(Path config, PrintWriter err, DomainWork work);

    /// Judges a letter as the relay would.
    Explanation explain(Path config, ExplainRequest inquiry);

    /// What helps to understand why the verb failed, if there is something to add.
    default Optional<String> remark() {
        return Optional.empty();
    }

    /// Such as `0.1.0`.
    String version();
}
