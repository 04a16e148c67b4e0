package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.Section;
import java.util.HashMap;
import java.util.List;

/// Reads a relation card: a mailbox, several with commas between, a group, or a list of such, for each role; and the client's name. Immutable;
/// safe to share between threads.
public final class CardReader {
    private static final String NAME = "name";

    private final Roles roles;

    public CardReader(Roles roles) {
        this.roles = roles;
    }

    /// @param section asked for roles and name only; closed by the caller
    public RelationCard read(Section section) {
        var people = new HashMap<Role, List<Mailbox>>();
        for (var role : roles.list()) {
            var named = people(section, role.name());
            if (!named.isEmpty()) {
                people.put(role, named);
            }
        }
        return new RelationCard(people, section.text(NAME, ""));
    }

    private static List<Mailbox> people(Section section, String key) {
        var people = section.values(key, CardReader::mailboxes).stream().flatMap(List::stream).toList();
        PeopleWarnings.look(people, (code, message) -> section.warning(key, code, message));
        return people;
    }

    private static List<Mailbox> mailboxes(String text) {
        return Mailbox.parseAddresses(text)
                .orElseThrow(() -> new InvalidValueException(SettingsCode.ADDRESS_INVALID, "not a mailbox: " + text + MailboxHint.ofEntry(text)));
    }
}
