package facteur.mail.dkim;

import facteur.mail.message.Message;
import java.util.List;

/// A letter, and what it was signed with.
///
/// @param keys none: the letter is as it was
public record Signed(Message message, List<DkimKey> keys) {}
