package facteur.access;

import facteur.mail.message.DisplayName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who signed in, as the provider has it (OpenID Connect Core §2, §3.1.3.7). Immutable.
///
/// @param claims that the provider has signed, for us and for this sign-in
record IdToken(String subject, Claims claims) {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_SUBJECT = 255;

    /// How much the provider's clock may be ahead.
    private static final Duration SKEW = Duration.ofSeconds(30);

    /// What the answer was to be for.
    ///
    /// @param nonce of the request
    record Expected(OidcSettings settings, String nonce) {}

    static CompactJws.Reading parse(String text) {
        return CompactJws.parse(text, LONGEST);
    }

    /// By which algorithm it claims to be signed; empty for one that isn't taken.
    static Optional<SigningAlgorithm> algorithm(CompactJws token) {
        return ProviderClient.ALGORITHMS.stream().filter(algorithm -> algorithm.name().equals(token.algorithm())).findFirst();
    }

    /// Why it doesn't say who signed in, though the provider signed it; empty when it does.
    static Optional<String> flaw(Claims claims, Expected expected, Instant now) {
        var client = expected.settings().clientId();
        var audience = claims.texts("aud");
        if (!claims.text("iss").equals(Optional.of(expected.settings().issuer().toString()))) {
            return Optional.of("its iss is not the issuer");
        }
        if (!audience.contains(client)) {
            return Optional.of("it is for another client: its aud is not " + client);
        }
        var party = claims.text("azp");
        if (party.isPresent() && !party.get().equals(client) || party.isEmpty() && audience.size() > 1) {
            return Optional.of("it is for others as well, and azp doesn't name us");
        }
        if (claims.instant("exp").filter(now::isBefore).isEmpty()) {
            return Optional.of("it has expired, or has no exp: compare the clocks");
        }
        if (claims.instant("iat").filter(at -> !at.isAfter(now.plus(SKEW))).isEmpty()) {
            return Optional.of("it has no iat, or one in the future: compare the clocks");
        }
        if (claims.instant("nbf").filter(at -> at.isAfter(now.plus(SKEW))).isPresent()) {
            return Optional.of("its nbf is in the future: compare the clocks");
        }
        if (!isSame(claims.text("nonce").orElse(""), expected.nonce())) {
            return Optional.of("its nonce is not that of this sign-in");
        }
        return subject(claims).isEmpty() ? Optional.of("it has no sub of up to " + LONGEST_SUBJECT + " visible characters") : Optional.empty();
    }

    static Optional<String> subject(Claims claims) {
        return claims.text("sub").filter(text -> text.length() <= LONGEST_SUBJECT && text.matches("[ -~]+"));
    }

    /// The first of what may serve as a name.
    String name() {
        return List.of("name", "preferred_username", "email").stream()
                .flatMap(claim -> claims.text(claim).stream())
                .map(DisplayName::visible)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(subject);
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
