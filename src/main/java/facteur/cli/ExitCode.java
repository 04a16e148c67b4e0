package facteur.cli;

import facteur.upstream.Stage;

/// What the command ends with, in the words of `sysexits.h`.
public enum ExitCode {
    OK(0),
    /// EX_USAGE: the command line is wrong.
    USAGE(64),
    /// EX_DATAERR: the letter is not one the relay would take; there is no such office, or no such letter in the queue, or
    /// it can't be moved; the password is none that anybody could use; the file is no backup.
    DATA(65),
    /// EX_NOINPUT: the configuration is taken over, but a file of an office can't be used; or the settings of the office that was
    /// named can't.
    NO_INPUT(66),
    /// EX_UNAVAILABLE: a port, the settings, an upstream, or a running daemon can't be had.
    UNAVAILABLE(69),
    /// EX_SOFTWARE: a fault of ours.
    SOFTWARE(70),
    /// EX_CANTCREAT: the state folder, or the database, or a folder for captured letters, can't be used; or a backup or a
    /// state is in the way.
    CANNOT_CREATE(73),
    /// EX_IOERR: a file, or standard input, can't be read or written.
    IO(74),
    /// EX_TEMPFAIL: the relay doesn't take the letter now; or letters in the queue have to end before a person is forgotten.
    TEMPORARY(75),
    /// EX_PROTOCOL: no TLS, or with somebody else than was wanted.
    PROTOCOL(76),
    /// EX_NOPERM: the login is refused, can't be made, or is missing; or the state folder is another user's.
    NO_PERMISSION(77),
    /// EX_CONFIG: the configuration has a problem.
    CONFIG(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// For an attempt that ended before there was talk of a letter, or for what came then.
    static ExitCode of(Stage stage) {
        return switch (stage) {
            case CONNECT, GREETING, EHLO -> UNAVAILABLE;
            case TLS -> PROTOCOL;
            case AUTH -> NO_PERMISSION;
            case MAIL, RCPT, DATA, END_OF_DATA -> TEMPORARY;
        };
    }

    public int number() {
        return number;
    }
}
