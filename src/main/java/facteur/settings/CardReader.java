package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.Role;
import facteur.platform.config.Section;
import facteur.platform.config.Word;
import java.util.EnumMap;
import java.util.List;

/// Reads a relation card: a mailbox, several with commas between, a group, or a list of such, for each role. Stateless.
final class CardReader {
    private CardReader() {}

    /// @param section asked for the roles only; closed by the caller
    static RelationCard read(Section section) {
        var roles = new EnumMap<Role, List<Mailbox>>(Role.class);
        for (var role : Role.values()) {
            roles.put(role, people(section, Word.of(role)));
        }
        return new RelationCard(roles);
    }

    private static List<Mailbox> people(Section section, String key) {
        return section.values(key, CardReader::mailboxes).stream().flatMap(List::stream).toList();
    }

    private static List<Mailbox> mailboxes(String text) {
        return Mailbox.parseAddresses(text).orElseThrow(() -> new IllegalArgumentException("not a mailbox: " + text + MailboxHint.ofEntry(text)));
    }
}
