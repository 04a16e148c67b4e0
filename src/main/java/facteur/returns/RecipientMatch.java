package facteur.returns;

import facteur.mail.returned.ReportedRecipient;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.OriginalRecipient;
import facteur.spool.NewReturn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Finds out which recipients of a letter a host means: by the address that the letter went to, or the one that its app said it was
/// first written to (ORCPT). Hosts change case, so it makes no difference where it isn't all that tells two recipients apart. What an
/// app lists twice is meant twice. What is none of them is about one to whom the letter never went. Immutable.
final class RecipientMatch {
    private final List<ForwardPath> recipients;
    private final int count;
    private final Map<String, List<Integer>> exact = new HashMap<>();
    private final Map<String, List<Integer>> anyCase = new HashMap<>();
    private final Map<String, List<Integer>> originals = new HashMap<>();

    /// @param own recipients of the letter, in the order of its envelope
    /// @param others of the letter's other parts: they may be meant instead
    RecipientMatch(List<ForwardPath> own, List<ForwardPath> others) {
        recipients = Stream.concat(own.stream(), others.stream()).toList();
        count = own.size();
        for (var i = 0; i < recipients.size(); i++) {
            var position = i;
            var address = key(recipients.get(i).address());
            add(exact, address, position);
            add(anyCase, lower(address), position);
            recipients.get(i).original().map(OriginalRecipient::fieldValue).map(text -> text.substring(text.indexOf(';') + 1).strip())
                    .ifPresent(text -> add(originals, lower(key(text)), position));
        }
    }

    private static void add(Map<String, List<Integer>> positions, String key, int position) {
        positions.computeIfAbsent(key, _ -> new ArrayList<>()).add(position);
    }

    private static String key(Address address) {
        return address.localPart().replace("\"", "") + "@" + address.asciiDomain();
    }

    private static String key(String text) {
        return Address.parse(text).map(RecipientMatch::key).orElse(text);
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }

    /// Which ones are meant.
    ///
    /// @return their positions; none when it is none of them, or may be one or the other
    List<Integer> positions(ReportedRecipient reported) {
        return positions(reported.names());
    }

    /// By the first of the names that the letter has. An app may write that several recipients were first written to as one, or as
    /// another recipient: then the other names decide.
    List<Integer> positions(List<String> names) {
        return meant(names).stream().filter(position -> position < count).toList();
    }

    private List<Integer> meant(List<String> names) {
        var meant = List.<Integer>of();
        for (var name : names) {
            var named = Stream.concat(ofAddress(name).stream(), originals.getOrDefault(lower(key(name)), List.of()).stream()).distinct().toList();
            var both = meant.stream().filter(named::contains).toList();
            meant = meant.isEmpty() ? named : both.isEmpty() ? meant : both;
            if (isOneMailbox(meant)) {
                return meant;
            }
        }
        return names.stream().map(this::ofAddress).filter(this::isOneMailbox).findFirst().orElse(List.of());
    }

    private List<Integer> ofAddress(String name) {
        var key = key(name);
        return exact.getOrDefault(key, anyCase.getOrDefault(lower(key), List.of()));
    }

    private boolean isOneMailbox(List<Integer> positions) {
        return positions.stream().map(position -> recipients.get(position).address().mailboxKey()).distinct().count() == 1;
    }

    /// The only recipient, of all parts; when there are more, or none, it isn't known which one is meant.
    List<Integer> onlyOne() {
        var all = Stream.iterate(0, position -> position + 1).limit(recipients.size()).toList();
        return isOneMailbox(all) ? all.subList(0, count) : List.of();
    }

    /// As it stands in the letter.
    String address(int position) {
        return recipients.get(position).address().toString();
    }

    /// In the order of the envelope, those that aren't known last.
    static Comparator<NewReturn.Status> order() {
        return Comparator.comparingInt(status -> status.position() == NewReturn.UNKNOWN ? Integer.MAX_VALUE : status.position());
    }
}
