package facteur.cli;

import facteur.backup.Existing;
import facteur.backup.Restore;
import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A program of which nothing is asked but its version; a test overrides what its verb needs.
class UnaskedProgram implements Program {
    private static AssertionError unasked() {
        return new AssertionError("not asked for");
    }

    @Override
    public ExitCode queue(Path config, PrintWriter err, QueueWork work) {
        throw unasked();
    }

    @Override
    public ExitCode forget(Path config, String address, Forgetting mode, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public Problems check(Path config) {
        throw unasked();
    }

    @Override
    public ExitCode run(Path config, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode reload(Path config, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode evict(Path config, OfficeId office, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode wake(Path config, String upstream, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode unlock(Path config, String address, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode status(Path config, PrintWriter err, Consumer<String> taker) {
        throw unasked();
    }

    @Override
    public ExitCode backup(Path config, Path target, Existing existing, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode restore(
            Path config, Path archive, Existing existing, Restore.Waiting waiting, PrintWriter out, PrintWriter err) {
        throw unasked();
    }

    @Override
    public ExitCode configured(Path config, PrintWriter err, ConfiguredWork work) {
        throw unasked();
    }

    @Override
    public ExitCode domains(Path config, PrintWriter err, DomainWork work) {
        throw unasked();
    }

    @Override
    public Explanation explain(Path config, ExplainRequest inquiry) {
        throw unasked();
    }

    @Override
    public String version() {
        return "test";
    }
}
