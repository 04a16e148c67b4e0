package facteur.mail.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Of what a report is asked for: the NOTIFY parameter of RCPT (RFC 3461 §4.1).
///
/// @param occasions none means never
public record Notify(Set<Occasion> occasions) {
    /// What there is to report.
    public enum Occasion {
        SUCCESS,
        FAILURE,
        DELAY
    }

    private static final String NEVER = "NEVER";

    public Notify {
        var copy = EnumSet.noneOf(Occasion.class);
        copy.addAll(occasions);
        occasions = Collections.unmodifiableSet(copy);
    }

    /// @return empty when a word isn't known, or NEVER isn't alone
    public static Optional<Notify> parse(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        if (upper.equals(NEVER)) {
            return Optional.of(new Notify(Set.of()));
        }
        var occasions = EnumSet.noneOf(Occasion.class);
        for (var word : upper.split(",", -1)) {
            var occasion = Stream.of(Occasion.values()).filter(each -> each.name().equals(word)).findFirst();
            if (occasion.isEmpty()) {
                return Optional.empty();
            }
            occasions.add(occasion.get());
        }
        return Optional.of(new Notify(occasions));
    }

    /// Reads the form that [#toString] writes.
    ///
    /// @throws IllegalArgumentException when it isn't of that form
    public static Notify of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a list for NOTIFY"));
    }

    /// The same, and failures.
    public Notify withFailure() {
        return new Notify(Stream.concat(occasions.stream(), Stream.of(Occasion.FAILURE)).collect(Collectors.toSet()));
    }

    /// As RCPT writes it.
    @Override
    public String toString() {
        return occasions.isEmpty() ? NEVER : occasions.stream().map(Occasion::name).collect(Collectors.joining(","));
    }
}
