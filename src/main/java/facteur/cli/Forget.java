package facteur.cli;

import facteur.act.Acts;
import facteur.mail.smtp.Address;
import facteur.platform.log.Addresses;
import facteur.platform.log.Erasure;
import facteur.platform.log.VeilKey;
import facteur.spool.ForgetDesk;
import facteur.spool.SpoolException;
import facteur.store.HistoryErasure;
import facteur.store.PersonTraces;
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
        description = "Removes a person from the message log, captured letters, the lists of addresses that don't work and the record of operators' commands, whether or not a daemon runs. Letters in the queue stay, and so do the settings and cards in force.")
final class Forget implements Callable<Integer> {
    private static final int MOST_IDS = 20;

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--address", paramLabel = "ADDRESS", required = true, description = "The address of the person.")
    private String address = "";

    @Option(names = "--dry-run", description = "Changes nothing; only reports what there is.")
    private boolean dryRun;

    @Option(
            names = "--erase",
            description = "Removes the person from the history of settings and cards in the database, too: what held the address can't be restored any more.")
    private boolean erase;

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
        var history = new HistoryErasure(database.database(), invocation.time(), erasure);
        var found = desk.find();
        var listed = desk.listed();
        var copies = captured.with(erasure::concerns);
        var traces = history.find();
        var persons = new ForgottenPersons(database.persons(), erasure);
        var out = invocation.out();
        if (dryRun) {
            out.println("nothing was changed");
        } else {
            // The key of the hash is created in the state folder: only now that there is one.
            var recorder = database.recorder("forget --address " + hash(person, database.state()) + (erase ? " --erase" : ""));
            try {
                desk.forget(found.ended(), recorder::moved);
                desk.forgetAddress();
                for (var copy : copies) {
                    captured.delete(copy);
                }
                var _ = new Acts(database.database(), invocation.time())
                        .rewrite(command -> erasure.concerns(command) ? erasure.without(command) : command);
                persons.remove();
                if (erase) {
                    history.erase();
                }
                // Recorded even when nothing was found: the request itself must be known.
                recorder.changed();
            } finally {
                database.end(recorder);
            }
        }
        out.println(count(found.ended()) + " in the message log" + (dryRun ? "" : ": the person is removed"));
        out.println(count(copies) + " in " + folder + (dryRun ? "" : ": deleted"));
        out.println(counted(listed, "mention") + " in the lists of addresses that don't work" + (dryRun ? "" : ": removed"));
        traces.stream().filter(office -> office.changes() > 0).forEach(this::printHistory);
        persons.print(out, dryRun);
        var left = printLeft(found.waiting(), traces.stream().filter(PersonTraces::isInForce).toList());
        return persons.isOneLeft() ? ExitCode.TEMPORARY : left;
    }

    private void printHistory(PersonTraces office) {
        var changes = counted(office.changes(), "change") + " in the history of office " + office.office();
        if (!erase) {
            invocation.out()
                    .println("not touched: " + changes + ": kept as long as settings.store.keep says; --erase removes the person from the history");
        } else {
            invocation.out().println(changes + (dryRun ? "" : ": the person is removed, and what held the address can't be restored"));
        }
    }

    /// What may have to be erased by other means. Printed every time, so that it isn't overlooked.
    private ExitCode printLeft(List<String> waiting, List<PersonTraces> inForce) {
        var out = invocation.out();
        if (!waiting.isEmpty()) {
            var more = waiting.size() > MOST_IDS ? " …" : "";
            out.println(
                    "not touched: " + count(waiting) + " in the queue: " + String.join(" ", waiting.subList(0, Math.min(MOST_IDS, waiting.size())))
                            + more + "; remove them or wait until they end, then run this again");
        }
        inForce.forEach(this::printInForce);
        out.println("not touched: backups, the log of the daemon (systemd's journal), settings and cards that are kept outside of the database, "
                + "data of apps and smarthosts");
        return waiting.isEmpty() && inForce.isEmpty() ? ExitCode.OK : ExitCode.TEMPORARY;
    }

    /// Letters use these: what comes in the person's place is for the office to say.
    private void printInForce(PersonTraces office) {
        var out = invocation.out();
        var id = office.office();
        if (office.isInSettings()) {
            out.println("not touched: the settings of office " + id + " name the person: change them with facteur settings edit " + id
                    + ", then run this again");
        }
        if (office.cards() > 0) {
            out.println("not touched: " + counted(office.cards(), "card") + " of office " + id
                    + ": put another person there with POST /api/v1/offices/" + id
                    + "/people/replace, or facteur settings import, then run this again");
        }
    }

    private static String count(List<String> letters) {
        return counted(letters.size(), "letter");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /// As in a log with hashed addresses, so that it can be shown later that a person was forgotten.
    private static String hash(String address, Path state) throws IOException {
        var veil = VeilKey.veil(Addresses.HASHED, state);
        var at = address.lastIndexOf('@');
        return veil.localPart(address.substring(0, at), address.substring(at + 1));
    }
}
