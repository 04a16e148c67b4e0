package facteur.upstream;

import facteur.platform.config.Secret;
import facteur.platform.oauth.TokenSettings;

/// Who we are to the upstream. Immutable; prints without its secrets.
public sealed interface Login {
    String name();

    record Password(String name, Secret password) implements Login {
        @Override
        public String toString() {
            return name + ":***";
        }
    }

    /// @param token how to get one that speaks for the name
    record Token(String name, TokenSettings token) implements Login {}
}
