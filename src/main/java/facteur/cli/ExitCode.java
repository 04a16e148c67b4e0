package facteur.cli;

/// What the command ends with, in the words of `sysexits.h`.
public enum ExitCode {
    OK(0),
    /// EX_USAGE: the command line is wrong.
    USAGE(64),
    /// EX_DATAERR: the letter is not one the relay would take; there is no such office, or no such letter in the queue, or
    /// it can't be moved; the password is none that anybody could use.
    DATA(65),
    /// EX_UNAVAILABLE: a port, the settings, or a running daemon can't be had.
    UNAVAILABLE(69),
    /// EX_SOFTWARE: a fault of ours.
    SOFTWARE(70),
    /// EX_CANTCREAT: the state folder, or the database in it, can't be used.
    CANNOT_CREATE(73),
    /// EX_CONFIG: the configuration has a problem.
    CONFIG(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
