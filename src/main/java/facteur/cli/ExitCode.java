package facteur.cli;

import facteur.upstream.Stage;

/// The exit codes of the command, by the names of `sysexits.h`.
public enum ExitCode {
    OK(0),
    /// EX_USAGE: the command line is wrong.
    USAGE(64),
    /// EX_DATAERR: the relay would refuse the letter; there is no such office, or no such letter in the queue, or it can't be
    /// moved; an office or a version isn't there, or can't be changed; the password is unusable; the file is no backup.
    DATA(65),
    /// EX_NOINPUT: the configuration is reloaded, but a file of an office can't be used; or the settings of the named office
    /// can't; or a folder has no office.
    NO_INPUT(66),
    /// EX_UNAVAILABLE: a port, the settings, an upstream, or the running daemon is unavailable.
    UNAVAILABLE(69),
    /// EX_SOFTWARE: a bug.
    SOFTWARE(70),
    /// EX_CANTCREAT: the state folder, the database, or a folder for captured letters can't be used; or a backup or a state
    /// exists already.
    CANNOT_CREATE(73),
    /// EX_IOERR: a file, or standard input, can't be read or written.
    IO(74),
    /// EX_TEMPFAIL: the relay defers the letter; another program has just changed the office; or letters in the queue have to end before a person is forgotten.
    TEMPORARY(75),
    /// EX_PROTOCOL: no TLS, or with another peer than the wanted one.
    PROTOCOL(76),
    /// EX_NOPERM: the login is refused, impossible, or missing; or the state folder belongs to another user.
    NO_PERMISSION(77),
    /// EX_CONFIG: the configuration has a problem.
    CONFIG(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// For an attempt that failed at a stage.
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
