package facteur.console;

import facteur.console.MailPoint.Part;
import java.util.List;
import java.util.Set;

/// The names of the fields of the page of mail settings; each is the id of its element, too. Stateless.
final class MailFields {
    static final String VERSION = "version";
    static final String COMPANY_NAME = "company-name";
    static final String COMPANY_ADDRESS = "company-address";
    static final String FROM = "from";
    static final String FROM_ADDRESS = "from-address";
    static final String FROM_NAME = "from-name";
    static final String UNVERIFIED = "unverified";
    static final String REPLY = "reply";
    static final String REPLIES = "replies";
    static final String TELL = "tell";
    static final String KNOWN_BAD = "known-bad";
    static final String AUTO_REPLIES = "auto-replies";
    /// The page has a field `language` of its own.
    static final String NOTICE_LANGUAGE = "notice-language";
    static final String SANDBOX = "sandbox";
    /// Whether the form had the box: one that isn't ticked isn't sent.
    static final String SANDBOX_SHOWN = "sandbox-shown";
    /// Once for each kind that the page shows: its name.
    static final String KIND = "kind";
    static final String KIND_ADD = "kind-add";
    static final String NOTE = "note";
    static final String CLIENT = "client";
    static final String WRITER = "writer";
    /// What a button is to do instead of saving.
    static final String ACT = "act";
    /// A point that two people changed, and whose value is to be kept.
    static final String BOTH = "both";

    static final String MINE = "mine";
    static final String THEIRS = "theirs";

    static final String SHARED = "shared";
    static final String OWN = "own";
    /// No role has an underscore.
    static final String AS_GENERAL = "as_general";
    static final String OTHER_ADDRESS = "other_address";

    private static final Set<String> ONCE = Set.of(
            VERSION, COMPANY_NAME, COMPANY_ADDRESS, FROM, FROM_ADDRESS, FROM_NAME, UNVERIFIED, REPLY, REPLIES, TELL, KNOWN_BAD, AUTO_REPLIES,
            NOTICE_LANGUAGE, SANDBOX, SANDBOX_SHOWN, KIND_ADD, NOTE, CLIENT, WRITER, ACT);
    private static final List<String> OF_KIND = List.of("reply", "address", "ignored", "replies", "from", "from-address", "from-name");

    private MailFields() {}

    /// A field of one kind.
    ///
    /// @param part such as `reply`
    static String field(String kind, String part) {
        var name = new StringBuilder("kind.");
        kind.codePoints().forEach(c -> {
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-') {
                name.appendCodePoint(c);
            } else {
                name.append('_').append(Integer.toHexString(c)).append('_');
            }
        });
        return name.append('.').append(part).toString();
    }

    /// Where the choice between two values of a point is.
    static String pick(MailPoint point) {
        return "pick." + point.key();
    }

    /// Whether forms of ours have it.
    static boolean isKnown(String name) {
        return ONCE.contains(name)
                || name.equals(KIND)
                || name.equals(BOTH)
                || name.startsWith("pick.")
                || name.startsWith("kind.") && OF_KIND.stream().anyMatch(part -> name.endsWith("." + part));
    }

    /// The field that shows a point.
    ///
    /// @param isChoice whether what stands for the choice is meant, not the address that goes with it
    static String field(MailPoint point, boolean isChoice) {
        var kind = point.kind();
        return switch (point.part()) {
            case COMPANY_NAME -> COMPANY_NAME;
            case COMPANY_ADDRESS -> COMPANY_ADDRESS;
            case FROM -> kind.isEmpty() ? isChoice ? FROM : FROM_ADDRESS : field(kind, isChoice ? "from" : "from-address");
            case FROM_NAME -> kind.isEmpty() ? FROM_NAME : field(kind, "from-name");
            case UNVERIFIED -> UNVERIFIED;
            case REPLY -> kind.isEmpty() ? REPLY : field(kind, isChoice ? "reply" : "address");
            case IGNORED -> field(kind, "ignored");
            case REPLIES -> kind.isEmpty() ? REPLIES : field(kind, REPLIES);
            case TELL -> TELL;
            case KNOWN_BAD -> KNOWN_BAD;
            case AUTO_REPLIES -> AUTO_REPLIES;
            case NOTICE_LANGUAGE -> NOTICE_LANGUAGE;
            case SANDBOX -> SANDBOX;
            case LISTED -> field(kind, "reply");
        };
    }

    static String field(MailPoint point) {
        return field(point, !point.is(Part.FROM) && !point.is(Part.REPLY));
    }
}
