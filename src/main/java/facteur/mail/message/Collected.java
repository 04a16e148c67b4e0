package facteur.mail.message;

import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Reply;

/// What came of collecting a letter.
public sealed interface Collected {
    /// @param body whether there are octets over 127 in it
    record Whole(Message message, BodyType body) implements Collected {}

    /// The letter breaks a rule or could not be kept; nothing of it is left.
    record Refused(Reply reply) implements Collected {}
}
