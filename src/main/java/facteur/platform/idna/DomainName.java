package facteur.platform.idna;

import java.util.Locale;
import java.util.Optional;

/// Turns the names of domains into A-labels, by which they are compared, looked up and written on a wire, and back into
/// U-labels, by which people know them (RFC 5890 §2.3.2.1). By IDNA 2008 without transitional processing (UTS 46 §4), so
/// that `faß.de` is not `fass.de`, which is another's.
///
/// A name in US-ASCII stands for itself, also with labels that begin with `xn--`. A label `xn--…` that our tables don't know is
/// one of newer tables, or of a registry that is less strict: the DNS has it or hasn't, and it can't be mistaken for another name.
///
/// Says nothing of whether the result is a host's name: `a b` is as good as any here.
public final class DomainName {
    private static final String ACE_PREFIX = "xn--";

    /// ICU before 74, and so Postfix, Node 20, curl and others, made `ss` of it; UTS 46 of 2023 makes it `ß`.
    private static final int CAPITAL_SHARP_S = 0x1E9E;

    private DomainName() {}

    /// @return the name in A-labels and lower case; empty when it can't have any
    public static Optional<String> ascii(String name) {
        if (isAscii(name)) {
            return Optional.of(name.toLowerCase(Locale.ROOT));
        }
        return name.codePoints().allMatch(DomainName::isClear) ? Uts46.ascii(name) : Optional.empty();
    }

    /// The name as people know it; the name itself when that isn't certain.
    ///
    /// @param ascii in A-labels
    public static String unicode(String ascii) {
        return ascii.toLowerCase(Locale.ROOT).contains(ACE_PREFIX)
                ? Uts46.unicode(ascii).filter(name -> ascii(name).equals(ascii(ascii))).orElse(ascii)
                : ascii;
    }

    /// For people: `xn--fa-hia.example (faß.example)`; of a name in ASCII letters that alone.
    ///
    /// @param ascii in A-labels
    public static String shown(String ascii) {
        var name = unicode(ascii);
        return name.equals(ascii) ? ascii : ascii + " (" + name + ")";
    }

    /// The name that IDNA 2003 made of this one, where it was another: `fass.de` of `faß.de`.
    ///
    /// @return empty when it makes no difference
    public static Optional<String> byOldRules(String name) {
        return isAscii(name) ? Optional.empty() : Uts46.transitional(name).filter(old -> !ascii(name).equals(Optional.of(old)));
    }

    /// Whether a text holds a letter that is two different names to different programs.
    public static boolean isAmbiguous(String text) {
        return text.indexOf(CAPITAL_SHARP_S) >= 0;
    }

    /// Neither ambiguous nor invisible. ZERO WIDTH (NON-)JOINER has its place in some scripts, which the rules know (RFC 5892
    /// appendix A); a soft hyphen or a mark of direction is only there to deceive, though UTS 46 would drop it.
    private static boolean isClear(int c) {
        return c != CAPITAL_SHARP_S
                && switch (Character.getType(c)) {
                    case Character.FORMAT -> c == 0x200C || c == 0x200D;
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                        false;
                    default -> true;
                };
    }

    private static boolean isAscii(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
