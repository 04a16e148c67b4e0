package facteur.cli;

import facteur.access.Tickets;
import facteur.web.ConsoleSettings;
import java.net.URI;

/// Where a person sets a password. Immutable.
///
/// @param url what browsers call the console
record PasswordLink(URI url) {
    /// @throws CommandException when no browser could follow one
    static PasswordLink of(ConsoleSettings console) throws CommandException {
        if (console.address().isEmpty() || !console.pages().areOn()) {
            throw CommandException.of(ExitCode.CONFIG, "the console is off, so that its links would lead nowhere: set console.address"
                    + (console.pages().areOn() ? "" : ", and console.pages to true"));
        }
        var port = console.address().get().port();
        if (port == 0 && console.written().isEmpty()) {
            throw CommandException.of(ExitCode.CONFIG, "the port of console.address is 0: set console.url, so that links lead somewhere");
        }
        return new PasswordLink(console.url(port));
    }

    String to(Tickets.Made ticket) {
        return url.resolve("/password/" + ticket.text()).toString();
    }
}
