package facteur.access;

import java.net.URI;
import java.time.Duration;

/// What becomes of the wish to sign in at the provider.
public sealed interface OidcStart {
    /// @param location at the provider, for the browser
    /// @param cookie for this browser, which must show it when it comes back; HttpOnly, SameSite=Lax
    /// @param life of the cookie
    record Redirect(URI location, String cookie, Duration life) implements OidcStart {}

    /// @param why a sentence for the operator
    record Unavailable(OidcRefusal reason, String why) implements OidcStart {}
}
