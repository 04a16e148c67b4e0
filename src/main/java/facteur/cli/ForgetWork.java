package facteur.cli;

import facteur.act.Acts;
import facteur.act.Operator;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.failure.Reason;
import facteur.platform.log.Addresses;
import facteur.platform.log.Erasure;
import facteur.platform.log.VeilKey;
import facteur.relay.Config;
import facteur.spool.ForgetDesk;
import facteur.spool.SpoolException;
import facteur.upstream.CapturedLetters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// Has a person forgotten, and says what is left of him. For one thread.
final class ForgetWork {
    private static final int MOST_IDS = 20;

    private final Path config;
    private final InstantSource time;
    private final PrintWriter out;
    private final PrintWriter err;

    ForgetWork(Path config, InstantSource time, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.time = time;
        this.out = out;
        this.err = err;
    }

    ExitCode forget(String address, Program.Forgetting mode) {
        var problems = new Problems();
        var place = Config.place(config, problems, System::getenv);
        var erasure = Erasure.of(address);
        if (!problems.isEmpty() || erasure.isEmpty()) {
            err.println(problems.isEmpty() ? "facteur: not an address: " + address : problems);
            return problems.isEmpty() ? ExitCode.USAGE : ExitCode.CONFIG;
        }
        try (var database = place.database().openBeside()) {
            return forget(database, place.state(), address, erasure.get(), mode);
        } catch (SpoolException | SQLException failure) {
            err.println("facteur: " + Reason.of(failure));
            return ExitCode.CANNOT_CREATE;
        } catch (IOException failure) {
            err.println("facteur: " + Reason.of(failure));
            return ExitCode.CANNOT_CREATE;
        }
    }

    private ExitCode forget(Database database, Path state, String address, Erasure erasure, Program.Forgetting mode)
            throws SpoolException, SQLException, IOException {
        var desk = new ForgetDesk(database, address, erasure);
        var captured = new CapturedLetters(state.resolve("captured"));
        var found = desk.find();
        var copies = captured.with(erasure::concerns);
        switch (mode) {
            case DRY_RUN -> out.println("nothing is changed");
            case DONE -> {
                var acts = new Acts(database, time);
                var recording = acts.begin(Operator.ofProcess(System::getenv), "forget --address " + hash(address, state));
                try {
                    desk.forget(found.ended(), recording::moved);
                    for (var copy : copies) {
                        captured.delete(copy);
                    }
                    var _ = acts.rewrite(command -> erasure.concerns(command) ? erasure.without(command) : command);
                    // Whatever there was: that it was asked for is to be known.
                    recording.changed();
                } finally {
                    recording.end().ifPresent(why -> err.println("facteur: done, but not recorded: " + why));
                }
            }
        }
        out.println(count(found.ended()) + " in the message log" + (mode == Program.Forgetting.DONE ? ": without the person now" : ""));
        out.println(count(copies) + " in " + state.resolve("captured") + (mode == Program.Forgetting.DONE ? ": deleted" : ""));
        return left(found.waiting());
    }

    /// What a person may have to be taken out of by other means. Said every time: no one should think that this was all.
    private ExitCode left(List<String> waiting) {
        if (!waiting.isEmpty()) {
            var more = waiting.size() > MOST_IDS ? " …" : "";
            out.println("not touched: " + count(waiting) + " in the queue: " + String.join(" ", waiting.subList(0, Math.min(MOST_IDS, waiting.size())))
                    + more + "; remove them or let them end, then run this again");
        }
        out.println("not touched: backups, the log of the daemon (systemd's journal), settings of offices and their cards, what apps and smarthosts keep");
        return waiting.isEmpty() ? ExitCode.OK : ExitCode.TEMPORARY;
    }

    private static String count(List<String> letters) {
        return letters.size() + (letters.size() == 1 ? " letter" : " letters");
    }

    /// As the log has the person where addresses are hashed: who is asked later whether somebody was forgotten can tell.
    private static String hash(String address, Path state) throws IOException {
        // As whom the daemon runs: it reads the key, too.
        var veil = VeilKey.veil(Addresses.HASHED, state);
        var at = address.lastIndexOf('@');
        return veil.localPart(address.substring(0, at), address.substring(at + 1));
    }
}
