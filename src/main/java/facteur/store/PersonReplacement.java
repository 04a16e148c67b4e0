package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts one person in the place of another, or leaves the place empty. Where the new one stands in that role already, one
/// stays, at the earlier place. Immutable.
///
/// @param roles in which; empty = all
record PersonReplacement(Address from, Optional<Mailbox> to, Set<Role> roles) {
    PersonReplacement {
        roles = Set.copyOf(roles);
    }

    CardEdit edit(CardRow row) {
        return new CardEdit(row.relation(), present -> present.map(this::replaced));
    }

    private CardText replaced(CardText card) {
        var people = card.roles();
        people.replaceAll((role, mailboxes) -> counts(role) ? replaced(mailboxes) : mailboxes);
        return CardText.of(card.name(), people);
    }

    private boolean counts(String role) {
        return roles.isEmpty() || roles.stream().anyMatch(each -> each.name().equals(role));
    }

    private List<String> replaced(List<String> mailboxes) {
        if (mailboxes.stream().noneMatch(mailbox -> is(mailbox, from))) {
            return mailboxes;
        }
        var replaced = new ArrayList<String>();
        var isThere = false;
        for (var mailbox : mailboxes) {
            var isNew = to.isPresent() && is(mailbox, to.get().address());
            if (is(mailbox, from)) {
                if (to.isPresent() && !isThere) {
                    replaced.add(to.get().written());
                    isThere = true;
                }
            } else if (!isNew || !isThere) {
                replaced.add(mailbox);
                isThere |= isNew;
            }
        }
        return replaced;
    }

    private static boolean is(String mailbox, Address address) {
        return Mailbox.parse(mailbox).filter(read -> read.address().isSameMailbox(address)).isPresent();
    }
}
