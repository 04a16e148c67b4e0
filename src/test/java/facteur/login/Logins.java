package facteur.login;

import facteur.platform.config.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;

/// What tests of logins share.
final class Logins {
    private Logins() {}

    static Account account(String login, String password, KeyDerivation derivation) {
        return new Account(login, PasswordHash.of(password, derivation, new SecureRandom()));
    }

    static Credentials credentials(String login, String password) {
        return new Credentials(login, Secret.of(password));
    }

    static InetAddress peer(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
