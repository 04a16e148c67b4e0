package facteur.access;

import facteur.login.Derivations;
import facteur.login.PasswordHash;
import facteur.platform.database.Database;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Sets passwords of persons. What makes one good is its length, and that it isn't tried first: no rule about kinds of characters, no
/// expiry (NIST SP 800-63B §3.1.1.2). Thread-safe.
final class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    private final Database database;
    private final Derivations derivations;
    private final InstantSource time;
    private final SecureRandom random;

    Passwords(Database database, Derivations derivations, InstantSource time, SecureRandom random) {
        this.database = database;
        this.derivations = derivations;
        this.time = time;
        this.random = random;
    }

    /// Without a NUL, which would be nothing to HMAC at the end of a short key.
    static boolean isReadable(String password) {
        return password.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    /// What a password lacks; empty when it is good enough.
    static Optional<PasswordFlaw> flaw(String password, Person person) {
        return flaw(password, person.login(), person.name(), person.address());
    }

    private static Optional<PasswordFlaw> flaw(String password, String login, String name, Optional<String> address) {
        if (!isReadable(password)) {
            return Optional.of(PasswordFlaw.UNREADABLE);
        }
        var normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        var length = normal.codePointCount(0, normal.length());
        if (length < SHORTEST) {
            return Optional.of(PasswordFlaw.TOO_SHORT);
        }
        if (length > LONGEST) {
            return Optional.of(PasswordFlaw.TOO_LONG);
        }
        var lower = normal.toLowerCase(Locale.ROOT);
        if (lower.equals(login) || lower.equals(name.toLowerCase(Locale.ROOT)) || lower.equals(address.orElse("").toLowerCase(Locale.ROOT))) {
            return Optional.of(PasswordFlaw.THE_LOGIN);
        }
        return CommonPasswords.contain(lower) ? Optional.of(PasswordFlaw.COMMON) : Optional.empty();
    }

    PasswordResult byTicket(String ticket, String password) throws SQLException {
        var found = database.reading(statements -> {
            var good = Tickets.find(statements, TicketKind.PASSWORD, ticket, time.instant());
            return good.isEmpty() ? Optional.<PersonRows.Row>empty() : PersonRows.byLogin(statements, good.get().subject());
        }).map(PersonRows.Row::person).filter(person -> !person.isDisabled());
        if (found.isEmpty()) {
            return new PasswordResult.NoTicket();
        }
        var person = found.get();
        var flaw = flaw(password, person);
        if (flaw.isPresent()) {
            return new PasswordResult.Unfit(flaw.get());
        }
        var hash = derivations.hash(password, random);
        return hash.isEmpty() ? new PasswordResult.Busy() : set(ticket, person, hash.get());
    }

    private PasswordResult set(String ticket, Person person, PasswordHash hash) throws SQLException {
        var now = time.instant();
        return database.inTransaction(statements -> {
            if (Tickets.redeem(statements, TicketKind.PASSWORD, ticket, now).isEmpty()
                    || !PersonRows.setPassword(statements, person.login(), hash, now)) {
                return new PasswordResult.NoTicket();
            }
            var _ = Tickets.endAll(statements, TicketKind.PASSWORD, person.login());
            var _ = SessionRows.endAll(statements, person.holder());
            return new PasswordResult.Set(person.login());
        });
    }

    PasswordResult first(String ticket, NewPerson wanted, String password, String by) throws SQLException {
        var now = Instant.ofEpochMilli(time.millis());
        if (database.reading(statements -> Tickets.find(statements, TicketKind.FIRST, ticket, now)).isEmpty()) {
            return new PasswordResult.NoTicket();
        }
        var flaw = flaw(password, wanted.login(), wanted.name(), wanted.address());
        if (flaw.isPresent()) {
            return new PasswordResult.Unfit(flaw.get());
        }
        var hash = derivations.hash(password, random);
        return hash.isEmpty() ? new PasswordResult.Busy() : database.inTransaction(statements -> {
            if (Tickets.redeem(statements, TicketKind.FIRST, ticket, now).isEmpty() || PersonRows.isThereOne(statements)
                    || !PersonRows.insert(statements, wanted, now, by)) {
                return new PasswordResult.NoTicket();
            }
            var _ = PersonRows.setPassword(statements, wanted.login(), hash.get(), now);
            return new PasswordResult.Set(wanted.login());
        });
    }

    PasswordResult change(Person person, String password, SessionId kept) throws SQLException {
        var flaw = flaw(password, person);
        if (flaw.isPresent()) {
            return new PasswordResult.Unfit(flaw.get());
        }
        var hash = derivations.hash(password, random);
        return hash.isEmpty() ? new PasswordResult.Busy() : change(person, hash.get(), kept);
    }

    private PasswordResult change(Person person, PasswordHash hash, SessionId kept) throws SQLException {
        var now = Instant.ofEpochMilli(time.millis());
        return database.inTransaction(statements -> {
            if (!PersonRows.setPassword(statements, person.login(), hash, now)) {
                return new PasswordResult.NoTicket();
            }
            var _ = Tickets.endAll(statements, TicketKind.PASSWORD, person.login());
            var _ = SessionRows.endOthers(statements, person.holder(), kept);
            return new PasswordResult.Set(person.login());
        });
    }
}
