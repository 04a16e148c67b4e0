package facteur.access;

import facteur.platform.database.Database;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The second steps of persons: codes of an authenticator, and ten recovery codes. Whether one is asked for is the caller's policy.
/// Thread-safe.
public final class SecondSteps {
    private final Database database;
    private final InstantSource time;
    private final SecureRandom random;

    SecondSteps(Database database, InstantSource time, SecureRandom random) {
        this.database = database;
        this.time = time;
        this.random = random;
    }

    /// Begins to enrol an authenticator. Asked again, it says the same, so that a page can be loaded twice, until [#enrol] has proved
    /// it; then there must be none.
    ///
    /// @return empty when an authenticator is enrolled already, or there is no such person
    public Optional<TotpSecret> secret(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Proves that the authenticator has the secret.
    ///
    /// @return ten recovery codes, for the person's eyes: there is no other way to have them; empty when the code is wrong
    public Optional<List<String>> enrol(String login, String code) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Judges a code of the authenticator, or a recovery code. Each is good once.
    public SecondStepResult judge(String login, String code, InetAddress peer) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// New recovery codes in place of all earlier ones.
    public List<String> recoveryCodes(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// How many recovery codes are left.
    public int recoveryCodesLeft(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /// Forgets the authenticator and the recovery codes; the next sign-in may enrol another.
    public void remove(String login) throws SQLException {
        throw new UnsupportedOperationException();
    }
}
