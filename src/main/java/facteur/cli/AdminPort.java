package facteur.cli;

import facteur.admin.AdminAccess;
import facteur.admin.AdminClient;
import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import facteur.platform.json.JsonObject;
import facteur.relay.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The admin port of the daemon that runs with a configuration. An answer other than 200 ends the verb. For one thread.
final class AdminPort {
    private final VerbContext installation;
    private final Invocation invocation;

    AdminPort(VerbContext installation, Invocation invocation) {
        this.installation = installation;
        this.invocation = invocation;
    }

    /// What the daemon says of itself.
    AdminClient.Answer status() throws CommandException {
        var state = state();
        var client = client(state);
        try {
            return checked(client.get("/status"), state);
        } catch (IOException e) {
            throw unreachable(state, e);
        }
    }

    /// @param path with its query
    JsonObject post(String path) throws CommandException {
        var state = state();
        var client = client(state);
        try {
            return checked(client.post(path), state).json();
        } catch (IOException e) {
            throw unreachable(state, e);
        }
    }

    /// The configuration names the state folder; a file in there says how the daemon is reached.
    private Path state() throws CommandException {
        var problems = new Problems();
        var state = Config.state(installation.file(), problems, invocation::variable);
        if (!problems.isEmpty()) {
            throw CommandException.of(problems,
                    "can't tell the state folder, and so can't find the running facteur; if there is one, it is unchanged");
        }
        return state;
    }

    private AdminClient client(Path state) throws CommandException {
        var file = state.resolve(AdminAccess.FILE);
        try {
            var access = AdminAccess.parse(Files.readString(file))
                    .orElseThrow(() -> CommandException.unavailable(file + " is corrupt; restart facteur to recreate it"));
            return new AdminClient(access, invocation.operator());
        } catch (NoSuchFileException none) {
            throw CommandException.unavailable("no running facteur with an admin port uses " + state);
        } catch (IOException e) {
            throw unreachable(state, e);
        }
    }

    private static CommandException unreachable(Path state, IOException e) {
        return CommandException.unavailable("can't reach the facteur that uses " + state + ": " + Reason.of(e));
    }

    private static AdminClient.Answer checked(AdminClient.Answer answer, Path state) throws CommandException {
        return switch (answer.status()) {
            case 200 -> answer;
            case 400 -> throw CommandException.of(ExitCode.DATA, answer.json().text("error", "bad request"));
            case 401 -> throw CommandException.unavailable("another program, or another facteur, answers instead of the one that uses " + state);
            case 404 -> throw CommandException.unavailable("the running facteur is an older version without this command");
            case 422 -> throw CommandException.refusedReload(answer.json().texts("problems"));
            default -> throw CommandException.unavailable("the running facteur answered " + answer.status() + ": " + answer.text().strip());
        };
    }
}
