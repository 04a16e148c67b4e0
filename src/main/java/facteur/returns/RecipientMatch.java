package facteur.returns;

import facteur.mail.returned.ReportedRecipient;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.OriginalRecipient;
import facteur.spool.NewReturn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds out which recipients of a letter a host means: by the address that the letter went to, or the one that its app said it was
/// first written to (ORCPT), without regard to case, since hosts change that. What is neither is about one to whom the letter
/// never went. Immutable.
final class RecipientMatch {
    private final List<ForwardPath> recipients;
    private final Map<String, Integer> positions = new HashMap<>();

    /// @param recipients of the letter, in the order of its envelope
    RecipientMatch(List<ForwardPath> recipients) {
        this.recipients = List.copyOf(recipients);
        for (var i = 0; i < recipients.size(); i++) {
            var _ = positions.putIfAbsent(key(recipients.get(i).address()), i);
        }
        // An address that the letter went to comes before one that it was first written to.
        for (var i = 0; i < recipients.size(); i++) {
            var position = i;
            recipients.get(i).original().map(OriginalRecipient::fieldValue).map(text -> text.substring(text.indexOf(';') + 1).strip())
                    .ifPresent(text -> positions.putIfAbsent(key(text), position));
        }
    }

    private static String key(Address address) {
        return (address.localPart().replace("\"", "") + "@" + address.asciiDomain()).toLowerCase(Locale.ROOT);
    }

    private static String key(String text) {
        return Address.parse(text).map(RecipientMatch::key).orElseGet(() -> text.toLowerCase(Locale.ROOT));
    }

    /// Which one is meant, by the first of its names that the letter has.
    ///
    /// @return its position; [NewReturn#UNKNOWN] when it is none of them
    int position(ReportedRecipient reported) {
        return position(reported.names());
    }

    int position(List<String> names) {
        return names.stream()
                .map(name -> positions.get(key(name)))
                .flatMap(position -> Optional.ofNullable(position).stream())
                .findFirst()
                .orElse(NewReturn.UNKNOWN);
    }

    /// The only recipient; when there are more, or none, it isn't known which one is meant.
    int onlyOne() {
        return recipients.size() == 1 ? 0 : NewReturn.UNKNOWN;
    }

    /// As it stands in the letter.
    ///
    /// @param otherwise for one that isn't there
    String address(int position, String otherwise) {
        return position == NewReturn.UNKNOWN ? otherwise : recipients.get(position).address().toString();
    }

    /// In the order of the envelope, those that aren't known last.
    static Comparator<NewReturn.Status> order() {
        return Comparator.comparingInt(status -> status.position() == NewReturn.UNKNOWN ? Integer.MAX_VALUE : status.position());
    }
}
