package facteur.cli;

import facteur.platform.failure.Reason;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/// What a verb didn't expect, told in one sentence: the one place that a failure gets to when nothing nearer knew better.
final class Failures {
    /// Has the stack of a failure printed too, for those who look for a fault of ours.
    private static final String STACK = "FACTEUR_STACK";

    private Failures() {}

    static ExitCode tell(Throwable failure, PrintWriter err) {
        err.println("facteur: " + (isOurs(failure) ? ours(failure) : Reason.of(failure)));
        if (System.getenv(STACK) != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return switch (failure) {
            case SpoolException _, SQLException _ -> ExitCode.CANNOT_CREATE;
            case IOException _, UncheckedIOException _ -> ExitCode.IO;
            default -> ExitCode.SOFTWARE;
        };
    }

    private static boolean isOurs(Throwable failure) {
        return switch (failure) {
            case SpoolException _, SQLException _, IOException _, UncheckedIOException _ -> false;
            default -> true;
        };
    }

    private static String ours(Throwable failure) {
        return "this is a fault of facteur: " + Reason.of(failure) + ". Please report it, with what is printed with " + STACK
                + "=1 in the environment";
    }
}
