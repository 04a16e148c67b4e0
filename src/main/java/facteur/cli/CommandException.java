package facteur.cli;

import facteur.backup.BackupException;
import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// Ends a verb. The message is what standard error gets, line by line.
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    private CommandException(ExitCode exitCode, String text) {
        super(text);
        this.exitCode = exitCode;
    }

    /// @param why a sentence
    static CommandException of(ExitCode exitCode, String why) {
        return new CommandException(exitCode, "facteur: " + why);
    }

    /// A configuration that can't be used.
    static CommandException of(Problems problems) {
        return new CommandException(ExitCode.CONFIG, problems.toString());
    }

    /// Problems, and what follows from them.
    static CommandException of(Problems problems, String consequence) {
        return new CommandException(ExitCode.CONFIG, problems + System.lineSeparator() + "facteur: " + consequence);
    }

    static CommandException refusedReload(List<String> problems) {
        return new CommandException(
                ExitCode.CONFIG,
                problems.stream().map(problem -> problem + System.lineSeparator()).collect(Collectors.joining())
                        + "facteur: reload refused; still running the previous configuration");
    }

    static CommandException of(BackupException refused) {
        return switch (refused.kind()) {
            case IN_THE_WAY -> of(ExitCode.CANNOT_CREATE, refused.getMessage() + "; use --force to replace it");
            case NOT_OURS -> of(ExitCode.NO_PERMISSION, String.valueOf(refused.getMessage()));
            case UNFIT -> of(ExitCode.DATA, String.valueOf(refused.getMessage()));
        };
    }

    /// The state, or a file, can't be used.
    static CommandException cannotCreate(IOException failure) {
        return of(ExitCode.CANNOT_CREATE, Reason.of(failure));
    }

    static CommandException unavailable(String why) {
        return of(ExitCode.UNAVAILABLE, why);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
