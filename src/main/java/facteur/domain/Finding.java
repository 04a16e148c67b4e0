package facteur.domain;

import facteur.platform.dns.DnsAnswer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One record that was looked for. Immutable.
///
/// @param name where, in A-labels
/// @param expected its text
public record Finding(String name, String expected, DnsAnswer answer, Verdict verdict) {
    public enum Verdict {
        RIGHT,
        /// For sure: there is none, or another.
        WRONG,
        UNCLEAR
    }

    private static final int QUOTED_LIMIT = 80;

    /// @param isRight whether a text will do
    static Finding of(String name, String expected, DnsAnswer answer, Predicate<String> isRight) {
        var verdict = switch (answer) {
            case DnsAnswer.Found found -> found.texts().stream().anyMatch(isRight) ? Verdict.RIGHT : Verdict.WRONG;
            case DnsAnswer.Absent _ -> Verdict.WRONG;
            case DnsAnswer.Unknown _ -> Verdict.UNCLEAR;
        };
        return new Finding(name, expected, answer, verdict);
    }

    /// What is there, for people: one printable line.
    public String found() {
        return switch (answer) {
            case DnsAnswer.Found(var texts, var aliases, var validation, _) ->
                texts.stream().map(Finding::quoted).collect(Collectors.joining(", "))
                        + by(aliases)
                        + switch (validation) {
                            case AUTHENTIC -> ", signed by DNSSEC";
                            case UNSIGNED -> "";
                        };
            case DnsAnswer.Absent(var absence, var aliases, _, _) -> absence.words() + by(aliases);
            case DnsAnswer.Unknown(var why) -> "not known: " + why;
        };
    }

    private static String by(List<String> aliases) {
        return aliases.isEmpty() ? "" : " (by the alias " + String.join(", ", aliases) + ")";
    }

    static String quoted(String text) {
        var printable = text.replaceAll("[^ -~]", "?");
        return '"' + (printable.length() > QUOTED_LIMIT ? printable.substring(0, QUOTED_LIMIT) + "…" : printable) + '"';
    }
}
