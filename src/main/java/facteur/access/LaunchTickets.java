package facteur.access;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Links that a suite's server asks for, and sends its user's browser to: each works once, within a minute. Thread-safe.
///
/// @param tickets where they are kept
public record LaunchTickets(Tickets tickets) {
    /// @param text for the link: there is no other way to have it
    public record Made(String text, Instant until) {}

    public Made make(Launch launch) throws SQLException {
        var made = tickets.make(TicketKind.LAUNCH, launch.suite(), launch.text());
        return new Made(made.text(), made.ticket().until());
    }

    /// What a link stands for, which stays good: for the page that asks before it replaces a session.
    public Optional<Launch> find(String text) throws SQLException {
        return tickets.find(TicketKind.LAUNCH, text).map(LaunchTickets::launch);
    }

    /// Uses a link up.
    ///
    /// @return empty when it was used, is too old, or was never one
    public Optional<Launch> redeem(String text) throws SQLException {
        return tickets.redeem(TicketKind.LAUNCH, text).map(LaunchTickets::launch);
    }

    private static Launch launch(Tickets.Ticket ticket) {
        return Launch.stored(ticket.subject(), ticket.body());
    }
}
