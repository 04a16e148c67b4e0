package facteur.platform.idna;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Optional;

/// The mapping of UTS 46 with the checks of IDNA 2008, by ICU. Its tables are read when the first name needs them: nothing
/// here is touched by a name in US-ASCII. Safe to share between threads.
final class Uts46 {
    private static final int CHECKS = IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ;

    /// No STD3 rules: an underscore is for the caller to judge.
    private static final IDNA RULES =
            IDNA.getUTS46Instance(CHECKS | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /// Without a flag, it is ICU's older way.
    private static final class Transitional {
        private static final IDNA RULES = IDNA.getUTS46Instance(CHECKS);
    }

    private Uts46() {}

    static Optional<String> ascii(String name) {
        return ascii(RULES, name);
    }

    static Optional<String> transitional(String name) {
        return ascii(Transitional.RULES, name);
    }

    static Optional<String> unicode(String name) {
        var info = new IDNA.Info();
        return sound(RULES.nameToUnicode(name, new StringBuilder(), info), info);
    }

    private static Optional<String> ascii(IDNA rules, String name) {
        var info = new IDNA.Info();
        return sound(rules.nameToASCII(name, new StringBuilder(), info), info)
                .filter(ascii -> ascii.chars().allMatch(c -> c < 128));
    }

    /// There is always a text: only the errors say whether it is a name.
    private static Optional<String> sound(StringBuilder text, IDNA.Info info) {
        var errors = EnumSet.noneOf(IDNA.Error.class);
        errors.addAll(info.getErrors());
        // Labels such as `r3---x` are there, if not to be had.
        errors.remove(IDNA.Error.HYPHEN_3_4);
        return errors.isEmpty() ? Optional.of(text.toString()) : Optional.empty();
    }
}
