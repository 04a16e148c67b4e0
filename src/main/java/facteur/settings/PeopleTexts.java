package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.platform.config.InvalidValueException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Reads who stands in a role, from texts: a mailbox, several with commas between, or a group. Most people stand on many
/// cards, so a text that was read is remembered, a bounded number of them. One thread.
public final class PeopleTexts {
    private static final int REMEMBERED = 5_000;

    private final Map<String, List<String>> read = new HashMap<>();

    /// The mailboxes, each as it is written back.
    ///
    /// @throws InvalidValueException when it is no list of mailboxes, with what would be right
    public List<String> read(String text) {
        var known = read.get(text);
        if (known != null) {
            return known;
        }
        var people = Mailbox.parseAddresses(text)
                .orElseThrow(() -> new InvalidValueException(
                        SettingsCode.ADDRESS_INVALID, "not a mailbox: " + text + MailboxHint.of(text)))
                .stream()
                .map(Mailbox::written)
                .toList();
        if (read.size() >= REMEMBERED) {
            read.clear();
        }
        read.put(text, people);
        return people;
    }

    /// What a text that is no list of mailboxes was meant to be, where that can be guessed.
    public static Optional<String> meant(String text) {
        return MailboxHint.meant(text);
    }

    /// What is odd in a list of people, though each of them is right.
    ///
    /// @param warnings gets code and message
    public static void look(List<Mailbox> people, BiConsumer<String, String> warnings) {
        PeopleWarnings.look(people, warnings);
    }
}
