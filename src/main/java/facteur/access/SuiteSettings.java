package facteur.access;

import facteur.office.OfficeId;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An entry of `console.suites`: an app that may launch people into their office. Immutable.
///
/// @param name what histories call it, and the issuer of its tokens
/// @param offices whose pages it may open; empty: all
/// @param signature of its launch tokens; empty when it only asks for tickets
/// @param back where people may be sent back to; empty when they may not
public record SuiteSettings(String name, Optional<Set<OfficeId>> offices, Optional<Signature> signature, Optional<ReturnPrefix> back) {
    /// By what a suite's tokens are checked.
    public record Signature(SigningAlgorithm algorithm, VerificationKeys keys) {}

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String ALL = "*";

    public SuiteSettings {
        offices = offices.map(Set::copyOf);
    }

    /// Reads `suites`.
    ///
    /// @param console the section around it
    public static List<SuiteSettings> list(Section console) {
        var suites = new ArrayList<SuiteSettings>();
        var names = new HashSet<String>();
        for (var section : console.sections("suites")) {
            var suite = from(section);
            if (!suite.name.isEmpty() && !names.add(suite.name)) {
                section.problem("name", "another suite has this name");
            }
            suites.add(suite);
        }
        return List.copyOf(suites);
    }

    private static SuiteSettings from(Section section) {
        return new SuiteSettings(
                section.requiredValue("name", SuiteSettings::name, ""),
                offices(section),
                signature(section),
                section.value("return", ReturnPrefix::parse));
    }

    /// @throws IllegalArgumentException when it can't be the name of a suite
    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("a name is made of A-Z a-z 0-9 . _ -, up to 64 of them, a letter or digit first");
        }
        return text;
    }

    private static Optional<Set<OfficeId>> offices(Section section) {
        if (!section.has("offices")) {
            section.problem("offices", ProblemCode.VALUE_MISSING, "at least one office is needed, or '*' for any");
        }
        var offices = section.values("offices", text -> text.equals(ALL) ? Optional.<OfficeId>empty() : Optional.of(new OfficeId(text)));
        return offices.contains(Optional.<OfficeId>empty())
                ? Optional.empty()
                : Optional.of(offices.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    /// The text of the keys is read apart from its meaning: what is wrong with a key can be said without quoting it.
    private static Optional<Signature> signature(Section section) {
        var algorithm = section.value("algorithm", SigningAlgorithm::parse);
        var text = section.text("keys");
        if (section.has("keys") && !section.has("algorithm")) {
            section.problem("algorithm", ProblemCode.VALUE_MISSING, "is needed with keys: ES256, PS256, RS256 or HS256");
        }
        if (section.has("algorithm") && !section.has("keys")) {
            section.problem("keys", ProblemCode.VALUE_MISSING,
                    "are needed with algorithm: the text of a JWK Set, such as ${file:/etc/facteur/suite.jwks}");
        }
        if (algorithm.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Signature(algorithm.get(), VerificationKeys.configured(text.get(), algorithm.get())));
        } catch (IllegalArgumentException unfit) {
            section.problem("keys", String.valueOf(unfit.getMessage()));
            return Optional.empty();
        }
    }

    /// Whether it may open the pages of that office.
    public boolean serves(OfficeId office) {
        return offices.isEmpty() || offices.get().contains(office);
    }
}
