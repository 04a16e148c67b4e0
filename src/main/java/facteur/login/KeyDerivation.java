package facteur.login;

/// Turns a password into octets that don't tell it, slowly. Thread-safe.
@FunctionalInterface
public interface KeyDerivation {
    /// As many octets as the text form of a [PasswordHash] has.
    int BYTES = 64;

    byte[] derive(String password, byte[] salt, int rounds);
}
