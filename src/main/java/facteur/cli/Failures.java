package facteur.cli;

import facteur.platform.failure.Reason;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// Reports the failure that ended a verb, and maps it to an exit code.
final class Failures {
    /// Prints the stack of a failure too, for reports of bugs.
    private static final String STACK = "FACTEUR_STACK";

    private Failures() {}

    static ExitCode report(Throwable failure, Invocation invocation) {
        var err = invocation.err();
        err.println(text(failure));
        if (invocation.variable(STACK) != null && !(failure instanceof CommandException)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return switch (failure) {
            case CommandException ended -> ended.exitCode();
            case SpoolException _, SQLException _ -> ExitCode.CANNOT_CREATE;
            case IOException _, UncheckedIOException _ -> ExitCode.IO;
            default -> ExitCode.SOFTWARE;
        };
    }

    private static String text(Throwable failure) {
        return switch (failure) {
            case CommandException ended -> String.valueOf(ended.getMessage());
            case SpoolException _, SQLException _, IOException _, UncheckedIOException _ -> "facteur: " + Reason.of(failure);
            default -> "facteur: this is a fault of facteur: " + Reason.of(failure) + ". Please report it, with what is printed with "
                    + STACK + "=1 in the environment";
        };
    }
}
