package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The second steps of persons: codes of an authenticator, and ten recovery codes. Whether one is asked for is the caller's policy.
/// Thread-safe.
public final class SecondSteps {
    private static final int AUTHENTICATOR = -1;
    private static final String SET_SECRET = "update person set totp = ? where login = ? and totp = '' and disabled_at = 0";
    private static final String PROVE = "update person set totp_at = ? where login = ? and totp <> '' and totp_at = 0 and disabled_at = 0";
    private static final String REMOVE = "update person set totp = '', totp_at = 0 where login = ?";

    private final Database database;
    private final SignIns signIns;
    private final InstantSource time;
    private final SecureRandom random;

    SecondSteps(Database database, SignIns signIns, InstantSource time, SecureRandom random) {
        this.database = database;
        this.signIns = signIns;
        this.time = time;
        this.random = random;
    }

    /// Begins to enrol an authenticator. Asked again, it says the same until [#enrol] has proved it, so that a page can be loaded twice.
    ///
    /// @return empty when an authenticator is enrolled already, or there is no such person
    public Optional<TotpSecret> secret(String login) throws SQLException {
        var fresh = TotpSecret.random(random);
        return database.inTransaction(statements -> {
            statements.update(SET_SECRET, fresh.base32(), login);
            return PersonRows.byLogin(statements, login).flatMap(SecondSteps::unproven);
        });
    }

    private static Optional<TotpSecret> unproven(PersonRows.Row row) {
        var isOne = !row.totp().isEmpty() && !row.person().hasSecondStep() && !row.person().isDisabled();
        return isOne ? Optional.of(TotpSecret.parse(row.totp())) : Optional.empty();
    }

    /// Proves that the authenticator has the secret. The code isn't good once more.
    ///
    /// @return ten recovery codes, for the person's eyes: there is no other way to have them; empty when the code is wrong
    public Optional<List<String>> enrol(String login, String code) throws SQLException {
        var now = time.instant();
        var recoveryCodes = RecoveryCodes.random(random);
        return database.inTransaction(statements -> {
            var secret = PersonRows.byLogin(statements, login).flatMap(SecondSteps::unproven);
            if (secret.isEmpty() || !takeStep(statements, login, secret.get(), digits(code), now)
                    || statements.update(PROVE, now.toEpochMilli(), login) == 0) {
                return Optional.empty();
            }
            RecoveryCodes.replace(statements, login, recoveryCodes);
            return Optional.of(recoveryCodes);
        });
    }

    /// Judges a code of the authenticator, or a recovery code. Each is good once.
    public SecondStepResult judge(String login, String code, InetAddress peer) throws SQLException {
        return signIns.judgeCode(login, code, peer, this::take);
    }

    private Optional<SecondStepResult.Good> take(String login, String code) throws SQLException {
        var now = time.instant();
        return database.inTransaction(statements -> {
            var secret = PersonRows.byLogin(statements, login)
                    .filter(row -> !row.person().isDisabled())
                    .flatMap(PersonRows.Row::provenTotp);
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            if (takeStep(statements, login, secret.get(), digits(code), now)) {
                return Optional.of(new SecondStepResult.Good(AUTHENTICATOR));
            }
            return RecoveryCodes.take(statements, login, code)
                    ? Optional.of(new SecondStepResult.Good(RecoveryCodes.left(statements, login)))
                    : Optional.empty();
        });
    }

    /// RFC 6238 §5.2: a code isn't taken twice. Two nodes that are given it at once ask the same row of the database.
    private static boolean takeStep(Statements statements, String login, TotpSecret secret, String code, Instant now) throws SQLException {
        var step = Totp.stepOf(secret, code, now);
        return step.isPresent()
                && UsedOnce.take(statements, UsedOnce.TOTP, login + " " + step.getAsLong(), Totp.endOf(step.getAsLong()));
    }

    /// As authenticators show it: `123 456`.
    private static String digits(String code) {
        return code.replaceAll("\\s", "");
    }

    /// New recovery codes in place of all earlier ones.
    ///
    /// @return empty when no authenticator is enrolled
    public Optional<List<String>> recoveryCodes(String login) throws SQLException {
        var recoveryCodes = RecoveryCodes.random(random);
        return database.inTransaction(statements -> {
            if (PersonRows.byLogin(statements, login).flatMap(PersonRows.Row::provenTotp).isEmpty()) {
                return Optional.empty();
            }
            RecoveryCodes.replace(statements, login, recoveryCodes);
            return Optional.of(recoveryCodes);
        });
    }

    /// How many recovery codes are left.
    public int recoveryCodesLeft(String login) throws SQLException {
        return database.reading(statements -> RecoveryCodes.left(statements, login));
    }

    /// Forgets the authenticator and the recovery codes; the next sign-in may enrol another.
    ///
    /// @return false when there is no such person
    public boolean remove(String login) throws SQLException {
        return database.inTransaction(statements -> {
            RecoveryCodes.replace(statements, login, List.of());
            return statements.update(REMOVE, login) == 1;
        });
    }
}
