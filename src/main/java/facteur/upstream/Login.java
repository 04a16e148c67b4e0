package facteur.upstream;

import facteur.oauth.TokenSettings;
import java.util.function.Supplier;

/// Who we are to the upstream. Immutable; prints without its secrets.
public sealed interface Login {
    String name();

    /// @param password asked for anew at each connection; from several threads
    record Password(String name, Supplier<String> password) implements Login {
        @Override
        public String toString() {
            return name + ":***";
        }
    }

    /// @param token how to get one that speaks for the name
    record Token(String name, TokenSettings token) implements Login {}
}
