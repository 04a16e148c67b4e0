package facteur.cli;

import facteur.office.OfficeId;
import facteur.platform.json.Json;
import facteur.store.ChangeResult;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/// What a verb says of the change that it made to one office, or didn't. Stateless.
final class ChangeReport {
    private ChangeReport() {}

    /// @throws CommandException when nothing was changed, for a reason
    static void print(OfficeId office, ChangeResult result, Invocation invocation, boolean isJson) throws CommandException {
        switch (result) {
            case ChangeResult.Changed(var version, var warnings) -> {
                warnings.forEach(warning -> invocation.err().println("warning: " + warning));
                print(office, "changed", version, invocation, isJson);
            }
            case ChangeResult.Unchanged(var version, var warnings) -> {
                warnings.forEach(warning -> invocation.err().println("warning: " + warning));
                print(office, "unchanged", version, invocation, isJson);
            }
            case ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Missing _, ChangeResult.Conflict _ -> throw failure(office, result);
        }
    }

    private static void print(OfficeId office, String result, long version, Invocation invocation, boolean isJson) {
        if (isJson) {
            var members = new LinkedHashMap<String, Object>();
            members.put("id", office);
            members.put("result", result);
            members.put("version", version);
            invocation.out().println(Json.of(members));
        } else {
            invocation.out().println(office + "  " + result + ", version " + version);
        }
    }

    /// @param result anything but a success
    static CommandException failure(OfficeId office, ChangeResult result) {
        return CommandException.of(exitCode(result), office + ": " + why(result));
    }

    static ExitCode exitCode(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed _, ChangeResult.Unchanged _ -> ExitCode.OK;
            case ChangeResult.Stale _ -> ExitCode.TEMPORARY;
            case ChangeResult.Invalid _, ChangeResult.Missing _, ChangeResult.Conflict _ -> ExitCode.DATA;
        };
    }

    /// Of a success.
    static long version(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed(var version, _) -> version;
            case ChangeResult.Unchanged(var version, _) -> version;
            case ChangeResult.Invalid _, ChangeResult.Stale _, ChangeResult.Missing _, ChangeResult.Conflict _ -> 0;
        };
    }

    static String why(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Changed _, ChangeResult.Unchanged _ -> "";
            case ChangeResult.Invalid(var problems) ->
                problems.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
            case ChangeResult.Stale(var version, var author, var at) -> "was changed meanwhile: version " + version
                    + (author.isEmpty() ? "" : ", by " + author) + ", at " + at.truncatedTo(ChronoUnit.SECONDS);
            case ChangeResult.Missing _ -> "there is no such office in the database";
            case ChangeResult.Conflict(_, var message) -> message;
        };
    }
}
