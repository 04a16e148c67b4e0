package facteur.mail.returnpath;

import facteur.mail.letter.QueueId;

/// What a return address says, once it is known that we made it.
///
/// @param letter the one that left with it
public record ReturnAddress(ReturnKind kind, QueueId letter) {}
