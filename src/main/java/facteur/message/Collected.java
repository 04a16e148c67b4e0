package facteur.message;

import facteur.smtp.Reply;

/// What came of collecting a letter.
public sealed interface Collected {
    record Whole(Message message) implements Collected {}

    /// The letter breaks a rule or could not be kept; nothing of it is left.
    record Refused(Reply reply) implements Collected {}
}
