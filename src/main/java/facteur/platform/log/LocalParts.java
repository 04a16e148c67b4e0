package facteur.platform.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The local parts of people, and foreign text without them. One thread.
///
/// One of four characters or more is found wherever it stands, in any case, within a word and however it is encoded: others
/// write `mailbox-secretlocal3`, `secretlocal%40e.com` or `rfc822;secretlocal+40e.com`. A shorter one, such as `jan` or `a`, is
/// found where it is a word of its own: within other words it reveals nothing, and replacing it would leave nothing of them.
final class LocalParts {
    private static final int SHORTEST_ANYWHERE = 4;
    private static final String HIDDEN = "***";
    private static final Pattern QUOTING = Pattern.compile("\\\\(.)|\"");

    /// Of those that begin together.
    private static final Comparator<Hidden> LONGEST_FIRST =
            Comparator.comparingInt(Hidden::start).thenComparing(Comparator.comparingInt(Hidden::end).reversed());

    private final Veil veil;
    /// By the folded local part: whose it is.
    private final Map<String, AddressScan.Found> people = new LinkedHashMap<>();

    LocalParts(Veil veil) {
        this.veil = veil;
    }

    /// What stands there instead.
    private record Hidden(int start, int end, String shown) {}

    /// Of `jan+bills`, `jan` counts too: servers name the mailbox (RFC 5233).
    void add(AddressScan.Found person) {
        var bare = bare(person.localPart());
        add(bare, person);
        var plus = bare.indexOf('+');
        if (plus > 0) {
            add(bare.substring(0, plus), person);
        }
    }

    /// Without quotes and backslashes; most have none.
    static String bare(String localPart) {
        return localPart.indexOf('"') < 0 && localPart.indexOf('\\') < 0 ? localPart : QUOTING.matcher(localPart).replaceAll("$1");
    }

    private void add(String local, AddressScan.Found person) {
        if (!local.isBlank()) {
            people.putIfAbsent(folded(local), person);
            if (!isAscii(local) && local.chars().anyMatch(c -> c <= '~' && Character.isLetterOrDigit(c))) {
                people.putIfAbsent(folded(questioned(local, StandardCharsets.UTF_8)), person);
                people.putIfAbsent(folded(questioned(local, StandardCharsets.ISO_8859_1)), person);
            }
        }
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /// As replies are stored: a question mark for each octet that isn't US-ASCII.
    private static String questioned(String local, Charset charset) {
        var questioned = new StringBuilder(local.length());
        for (var octet : local.getBytes(charset)) {
            questioned.append(octet < 0 ? '?' : (char) octet);
        }
        return questioned.toString();
    }

    private static String folded(String text) {
        var folded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            folded.append(DecodedText.fold(text.charAt(i)));
        }
        return folded.toString();
    }

    /// The text without the local parts of addresses in it.
    static String withoutAddresses(Veil veil, String text) {
        return replaced(text, addresses(veil, text));
    }

    private static List<Hidden> addresses(Veil veil, String text) {
        var hidden = new ArrayList<Hidden>();
        for (var found : AddressScan.of(text)) {
            hidden.add(new Hidden(found.start(), found.at(), veil.localPart(found.localPart(), found.domain())));
        }
        return hidden;
    }

    /// The text without local parts, also of addresses in it.
    String without(String text) {
        var hidden = addresses(veil, text);
        if (!people.isEmpty()) {
            find(text, DecodedText.plain(text), hidden);
            if (DecodedText.isEncoded(text)) {
                find(text, DecodedText.of(text), hidden);
            }
        }
        return replaced(text, hidden);
    }

    private void find(String text, DecodedText view, List<Hidden> hidden) {
        people.forEach((local, person) -> find(text, view, local, person, hidden));
    }

    private void find(String text, DecodedText view, String local, AddressScan.Found person, List<Hidden> hidden) {
        for (var at = view.indexOf(local, 0); at >= 0; at = view.indexOf(local, at + 1)) {
            var end = at + local.length();
            var start = view.startOf(at);
            var behind = view.endOf(end - 1);
            if (view.isWord(at, end)) {
                hidden.add(new Hidden(start, behind, veil.localPart(person.localPart(), person.domain())));
            } else if (local.length() >= SHORTEST_ANYWHERE) {
                hidden.add(wholeWord(text, start, behind));
            }
        }
    }

    /// The rest of a word could reveal what was removed from it.
    private static Hidden wholeWord(String text, int from, int to) {
        var start = from;
        while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        var end = to;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return new Hidden(start, end, HIDDEN);
    }

    private static String replaced(String text, List<Hidden> hidden) {
        if (hidden.isEmpty()) {
            return text;
        }
        hidden.sort(LONGEST_FIRST);
        var replaced = new StringBuilder();
        var end = 0;
        for (var each : hidden) {
            if (each.start() >= end) {
                replaced.append(text, end, each.start()).append(each.shown());
            }
            end = Math.max(end, each.end());
        }
        return replaced.append(text, end, text.length()).toString();
    }
}
