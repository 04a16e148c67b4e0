package facteur.settings;

import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;

/// What is odd in a list of people, though each of them is right. Stateless.
final class PeopleWarnings {
    private PeopleWarnings() {}

    /// @param warnings gets code and message
    static void look(List<Mailbox> people, BiConsumer<String, String> warnings) {
        if (each(people, warnings) > RelationCard.PEOPLE_LIMIT) {
            warnings.accept(SettingsCode.PERSON_FIVE, "names more than " + RelationCard.PEOPLE_LIMIT + " people: only the first get replies");
        }
    }

    /// @return how many different people there are
    static int each(List<Mailbox> people, BiConsumer<String, String> warnings) {
        var seen = new HashSet<String>();
        for (var person : people) {
            if (!seen.add(person.address().mailboxKey())) {
                warnings.accept(SettingsCode.PERSON_TWICE, person.address() + " is in the list already");
            }
        }
        return seen.size();
    }
}
