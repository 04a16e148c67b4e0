package facteur.spool;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.RouteId;

/// A letter in the queue that no attempt is being made for, as it was when it was read.
///
/// @param letterId as its row has it, which may be damaged
/// @param epoch of its last lease: another one means that it was claimed since
/// @param addressed what its route is chosen by; nothing where that can't be read
public record WaitingLetter(String letterId, long epoch, Addressed addressed) {
    /// A route that was chosen for it.
    public record Rerouted(WaitingLetter letter, RouteId to) {}
}
