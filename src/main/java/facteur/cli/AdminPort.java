package facteur.cli;

import facteur.act.Operator;
import facteur.admin.AdminAccess;
import facteur.admin.AdminClient;
import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Asks and steers the daemon that runs with a configuration, over its admin port, and says what came of it. For one thread.
final class AdminPort {
    @FunctionalInterface
    private interface Request {
        AdminClient.Said send(AdminClient client) throws IOException;
    }

    private final Path config;
    private final PrintWriter out;
    private final PrintWriter err;

    AdminPort(Path config, PrintWriter out, PrintWriter err) {
        this.config = config;
        this.out = out;
        this.err = err;
    }

    ExitCode reload() {
        return ask(client -> client.post("/reload"), this::say);
    }

    ExitCode evict(OfficeId office) {
        return ask(client -> client.post("/settings/evict?office=" + office), this::say);
    }

    ExitCode wake(String upstream) {
        var query = URLEncoder.encode(upstream, StandardCharsets.UTF_8);
        return ask(client -> client.post("/upstream/wake?name=" + query), (said, state) -> {
            if (said.status() == 404) {
                return unavailable("the running facteur is of an older version, which wakes no upstream");
            }
            return said.status() == 200 ? woken(said, upstream) : say(said, state);
        });
    }

    private ExitCode woken(AdminClient.Said said, String upstream) {
        return switch (String.join("", said.all("was"))) {
            case "down" -> {
                out.println(upstream + " is tried as soon as a letter is due: facteur queue flush makes all of them due");
                yield ExitCode.OK;
            }
            case "resting" -> {
                err.println("facteur: " + upstream + " has had what its caps allow, and rests until " + String.join("", said.all("restsUntil"))
                        + ": caps are settings, and only a reload changes them");
                yield ExitCode.TEMPORARY;
            }
            default -> {
                out.println(upstream + " is up");
                yield ExitCode.OK;
            }
        };
    }

    /// @param address or a network
    ExitCode unlock(String address) {
        return ask(client -> client.post("/login/unlock?address=" + address), (said, state) -> switch (said.status()) {
            case 200 -> unlocked(address, said.all("unlocked"));
            case 404 -> unavailable("the running facteur is of an older version, which unlocks no address");
            default -> say(said, state);
        });
    }

    private ExitCode unlocked(String address, List<String> clients) {
        if (clients.isEmpty()) {
            err.println("facteur: no login from " + address + " is locked out");
            return ExitCode.DATA;
        }
        clients.forEach(client -> out.println(client + " may log in again"));
        return ExitCode.OK;
    }

    /// @param taker gets the daemon's JSON
    ExitCode status(Consumer<String> taker) {
        return ask(client -> client.get("/status"), (said, state) -> {
            if (said.status() != 200) {
                return say(said, state);
            }
            taker.accept(said.text());
            return ExitCode.OK;
        });
    }

    /// The configuration tells the state folder, and a file in there how the daemon is reached.
    private ExitCode ask(Request request, BiFunction<AdminClient.Said, Path, ExitCode> answer) {
        var problems = new Problems();
        var state = Config.state(config, problems, System::getenv);
        if (!problems.isEmpty()) {
            err.println(problems);
            err.println("facteur: the state folder, and with it a running facteur, can't be found; if one runs, it goes on as before");
            return ExitCode.CONFIG;
        }
        var file = state.resolve(AdminAccess.FILE);
        try {
            var access = AdminAccess.parse(Files.readString(file));
            return access.isPresent()
                    ? answer.apply(request.send(new AdminClient(access.get(), Operator.ofProcess(System::getenv))), state)
                    : unavailable(file + " is damaged; the next start writes it anew");
        } catch (NoSuchFileException none) {
            return unavailable("no facteur with an admin port runs in " + state);
        } catch (IOException e) {
            return unavailable("no facteur in " + state + " can be reached: " + Reason.of(e));
        }
    }

    private ExitCode say(AdminClient.Said said, Path state) {
        return switch (said.status()) {
            case 200 -> {
                said.all("warnings").forEach(warning -> err.println("warning: " + warning));
                said.all("atNextStart").forEach(key -> err.println("warning: " + key + " needs a restart"));
                said.all("reload").forEach(_ -> out.println(config + " is taken over"));
                said.all("changed").forEach(key -> out.println("changed: " + key));
                said.all("evicted").forEach(count -> out.println(count + (count.equals("1") ? " answer forgotten" : " answers forgotten")));
                var troubles = said.all("troubles");
                troubles.forEach(trouble -> err.println("warning: " + trouble));
                yield troubles.isEmpty() ? ExitCode.OK : ExitCode.NO_INPUT;
            }
            case 400 -> {
                said.all("error").forEach(error -> err.println("facteur: " + error));
                yield ExitCode.DATA;
            }
            case 401 -> unavailable("another program, or another facteur, answers in place of the one in " + state);
            case 422 -> {
                said.all("problems").forEach(err::println);
                err.println("facteur: not taken over, the old configuration goes on");
                yield ExitCode.CONFIG;
            }
            default -> unavailable("the running facteur answered " + said.status() + ": " + said.text().strip());
        };
    }

    private ExitCode unavailable(String why) {
        err.println("facteur: " + why);
        return ExitCode.UNAVAILABLE;
    }
}
