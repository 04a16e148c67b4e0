package facteur.upstream;

import facteur.mail.smtp.TlsMode;
import facteur.platform.config.HostAndPort;
import facteur.platform.config.Section;
import facteur.platform.oauth.TokenSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `auth`, `login`, `password` and `token` of an upstream.
final class LoginSection {
    /// What `auth` may say.
    private enum Auth {
        PASSWORD,
        XOAUTH2
    }

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|::1");

    private LoginSection() {}

    /// @param upstream its name: fit for that of a file
    /// @param state folder that refresh tokens are kept in
    static Optional<Login> read(Section section, String upstream, HostAndPort address, TlsMode tls, Path state) {
        return switch (section.choice("auth", Auth.PASSWORD)) {
            case PASSWORD -> password(section);
            case XOAUTH2 -> token(section, upstream, address, tls, state);
        };
    }

    private static Optional<Login> password(Section section) {
        var name = section.text("login");
        var password = section.secret("password");
        if (section.has("token")) {
            section.problem("token", "needs auth: xoauth2");
        }
        if (name.isPresent() != password.isPresent()) {
            section.problem(name.isPresent() ? "login" : "password", "login and password go together");
        }
        return name.flatMap(login -> password.map(secret -> new Login.Password(login, secret)));
    }

    private static Optional<Login> token(
            Section section, String upstream, HostAndPort address, TlsMode tls, Path state) {
        var name = section.requiredText("login");
        if (name.chars().anyMatch(Character::isISOControl)) {
            section.problem("login", "must not hold control characters");
        }
        if (section.has("password")) {
            section.problem("password", "goes with auth: password");
        }
        if (tls == TlsMode.NONE && !LOOPBACK.matcher(address.host()).matches()) {
            section.problem("tls", "must not be none: a token is not sent in clear");
        }
        var token = TokenSettings.from(section.section("token"), state.resolve("refresh-token." + upstream));
        return Optional.of(new Login.Token(name, token));
    }
}
