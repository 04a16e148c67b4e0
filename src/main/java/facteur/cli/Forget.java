package facteur.cli;

import facteur.act.Acts;
import facteur.mail.smtp.Address;
import facteur.platform.log.Addresses;
import facteur.platform.log.Erasure;
import facteur.platform.log.VeilKey;
import facteur.spool.ForgetDesk;
import facteur.spool.SpoolException;
import facteur.upstream.CapturedLetters;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur forget`.
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Removes a person from the message log, captured letters and the record of operators' commands, whether or not a daemon runs. Letters in the queue stay.")
final class Forget implements Callable<Integer> {
    private static final int MOST_IDS = 20;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--address", paramLabel = "ADDRESS", required = true, description = "The address of the person.")
    private String address = "";

    @Option(names = "--dry-run", description = "Changes nothing; only reports what there is.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Forget(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var person = Address.parse(address).filter(_ -> address.contains("@")).map(Address::toString).orElse("");
        var erasure = Erasure.of(person).orElseThrow(() -> new ParameterException(spec.commandLine(), "not an address: " + address));
        var installation = config.installation(invocation).asOwner();
        var place = installation.place();
        try (var database = installation.open(place, "")) {
            return forget(database, person, erasure).number();
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
    }

    private ExitCode forget(OpenDatabase database, String person, Erasure erasure) throws SpoolException, SQLException, IOException {
        var desk = new ForgetDesk(database.database(), person, erasure);
        var folder = database.state().resolve("captured");
        var captured = new CapturedLetters(folder);
        var found = desk.find();
        var copies = captured.with(erasure::concerns);
        var out = invocation.out();
        if (dryRun) {
            out.println("nothing was changed");
        } else {
            // The key of the hash is created in the state folder: only now that there is one.
            var recorder = database.recorder("forget --address " + hash(person, database.state()));
            try {
                desk.forget(found.ended(), recorder::moved);
                for (var copy : copies) {
                    captured.delete(copy);
                }
                var _ = new Acts(database.database(), invocation.time())
                        .rewrite(command -> erasure.concerns(command) ? erasure.without(command) : command);
                // Recorded even when nothing was found: the request itself must be known.
                recorder.changed();
            } finally {
                database.end(recorder);
            }
        }
        out.println(count(found.ended()) + " in the message log" + (dryRun ? "" : ": the person is removed"));
        out.println(count(copies) + " in " + folder + (dryRun ? "" : ": deleted"));
        return printLeft(found.waiting());
    }

    /// What may have to be erased by other means. Printed every time, so that it isn't overlooked.
    private ExitCode printLeft(List<String> waiting) {
        var out = invocation.out();
        if (!waiting.isEmpty()) {
            var more = waiting.size() > MOST_IDS ? " …" : "";
            out.println(
                    "not touched: " + count(waiting) + " in the queue: " + String.join(" ", waiting.subList(0, Math.min(MOST_IDS, waiting.size())))
                            + more + "; remove them or wait until they end, then run this again");
        }
        out.println(
                "not touched: backups, the log of the daemon (systemd's journal), settings of offices and their cards, data of apps and smarthosts");
        return waiting.isEmpty() ? ExitCode.OK : ExitCode.TEMPORARY;
    }

    private static String count(List<String> letters) {
        return letters.size() + (letters.size() == 1 ? " letter" : " letters");
    }

    /// As in a log with hashed addresses, so that it can be shown later that a person was forgotten.
    private static String hash(String address, Path state) throws IOException {
        var veil = VeilKey.veil(Addresses.HASHED, state);
        var at = address.lastIndexOf('@');
        return veil.localPart(address.substring(0, at), address.substring(at + 1));
    }
}
