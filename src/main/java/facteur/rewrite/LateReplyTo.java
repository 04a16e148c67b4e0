package facteur.rewrite;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The one mailbox in Reply-To of a letter whose replies go to those who answer when they arrive: its name says who does now, so
/// that a person sees more than an address. Stateless.
public final class LateReplyTo {
    /// In characters: mail programs show about as much, and a name is cut at 128.
    private static final int LONGEST = 78;

    private LateReplyTo() {}

    /// Such as `An Peeters, Ben Jacobs, +2, Cabinet Dupont`. People without a name are only counted, and alone not even that.
    ///
    /// @param people those whom the rules name
    /// @param address of the relay
    public static Mailbox of(List<Mailbox> people, Mailbox company, Address address) {
        var names = people.stream()
                .filter(person -> !person.address().isSameMailbox(company.address()))
                .map(Mailbox::name)
                .filter(name -> !name.isEmpty() && !name.equals(company.name()))
                .distinct()
                .toList();
        var shown = new ArrayList<String>();
        var length = company.name().length();
        for (var name : names) {
            length += name.length() + 2;
            if (shown.isEmpty() || length <= LONGEST) {
                shown.add(name);
            }
        }
        var others = people.size() - shown.size();
        if (!shown.isEmpty() && others > 0 && names.size() > shown.size()) {
            shown.add("+" + others);
        }
        shown.add(company.name());
        return new Mailbox(shown.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", ")), address);
    }
}
