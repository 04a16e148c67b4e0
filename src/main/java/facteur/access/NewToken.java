package facteur.access;

import facteur.office.OfficeId;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a token is to be. Immutable.
///
/// @param name letters, digits, dots, dashes and underscores: it stands in histories and logs
/// @param office empty: all
/// @param suite of `console.suites` that it launches people for; there with that scope, and only then
/// @param until when it ends; empty: in a year
public record NewToken(String name, Optional<OfficeId> office, Set<Scope> scopes, Optional<String> suite, Optional<Instant> until) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String PEOPLE = "people";
    private static final Period STANDARD = Period.ofYears(1);
    private static final Period LONGEST = Period.ofYears(3);

    /// @throws IllegalArgumentException for a name of another form, without a scope, or when scopes and suite don't go together
    public NewToken {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is made of A-Z a-z 0-9 . _ -, up to 64 of them, a letter or digit first");
        }
        if (TokenId.parse(name).isPresent() || TokenText.parse(name).isPresent()) {
            throw new IllegalArgumentException("a name must not look like the id of a token");
        }
        if (name.equals(PEOPLE)) {
            throw new IllegalArgumentException("a token must not be called 'people': that is who keeps cards when no app does");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a token without a scope is of no use");
        }
        if (scopes.contains(Scope.SESSIONS_CREATE) != suite.isPresent()) {
            throw new IllegalArgumentException(suite.isEmpty()
                    ? "a token with " + Scope.SESSIONS_CREATE + " needs --suite: whose people it launches"
                    : "a suite is for the scope " + Scope.SESSIONS_CREATE);
        }
        suite.ifPresent(SuiteSettings::name);
        scopes = Set.copyOf(scopes);
    }

    /// One that launches no one.
    public NewToken(String name, Optional<OfficeId> office, Set<Scope> scopes, Optional<Instant> until) {
        this(name, office, scopes, Optional.empty(), until);
    }

    /// One that an admin of an office makes for a program of that office.
    ///
    /// @throws IllegalArgumentException also for a scope that only operators give
    public static NewToken byOffice(String name, OfficeId office, Set<Scope> scopes, Optional<Instant> until) {
        if (!Scope.ofOffices().containsAll(scopes)) {
            throw new IllegalArgumentException("only an operator gives " + Scope.SESSIONS_CREATE);
        }
        return new NewToken(name, Optional.of(office), scopes, until);
    }

    /// When it ends.
    ///
    /// @throws IllegalArgumentException when it would have ended already, or lives longer than it may
    Instant until(Instant now) {
        var end = until.orElseGet(() -> after(now, STANDARD));
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("a token can't end in the past: " + end);
        }
        var latest = after(now, LONGEST);
        if (end.isAfter(latest)) {
            throw new IllegalArgumentException("a token ends within three years: by " + latest + " at the latest, not " + end);
        }
        return end;
    }

    /// By the calendar; whole seconds.
    private static Instant after(Instant now, Period period) {
        return Instant.ofEpochSecond(now.atOffset(ZoneOffset.UTC).plus(period).toEpochSecond());
    }
}
