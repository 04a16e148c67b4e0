package facteur.access;

import facteur.office.OfficeId;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Launches that a suite signs instead of asking for a ticket: tokens by one of its keys and its one algorithm (RFC 7519, with the
/// advice of RFC 8725), good for two minutes at most, each once. Thread-safe.
public final class LaunchTokens {
    static final int LONGEST = 8 * 1024;
    static final Duration LIFETIME = Duration.ofMinutes(2);

    /// How much the suite's clock may be ahead.
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final String KIND = "launch";
    private static final Pattern ID = Pattern.compile("[!-~]{1,200}");

    private final Supplier<LaunchRules> rules;
    private final UsedOnce used;
    private final InstantSource time;

    /// @param rules as they are in force
    public LaunchTokens(Supplier<LaunchRules> rules, UsedOnce used, InstantSource time) {
        this.rules = rules;
        this.used = used;
        this.time = time;
    }

    /// Checks a token, and uses it up if it is good.
    public LaunchResult accept(String text) throws SQLException {
        return switch (CompactJws.parse(text, LONGEST)) {
            case CompactJws.Reading.Unreadable(var why) -> refused(LaunchRefusal.UNREADABLE, why, Optional.empty());
            case CompactJws.Reading.Read(var token) -> accept(token, rules.get());
        };
    }

    private LaunchResult accept(CompactJws token, LaunchRules now) throws SQLException {
        var claims = new Claims(token.payload());
        var suite = claims.text("iss").flatMap(now.federation()::suite);
        if (suite.isEmpty()) {
            return refused(LaunchRefusal.SUITE, "iss is no name in console.suites", suite);
        }
        if (suite.get().signature().isEmpty()) {
            return refused(LaunchRefusal.SUITE, "this suite has no keys in console.suites", suite);
        }
        var flaw = signatureFlaw(token, suite.get().signature().get()).or(() -> claimFlaw(claims, now));
        return flaw.isPresent()
                ? refused(flaw.get().reason(), flaw.get().why(), suite)
                : accept(token.payload(), claims, suite.get(), now);
    }

    private record Flaw(LaunchRefusal reason, String why) {}

    private static Optional<Flaw> signatureFlaw(CompactJws token, SuiteSettings.Signature signature) {
        if (!token.algorithm().equals(signature.algorithm().name())) {
            return Optional.of(new Flaw(LaunchRefusal.ALGORITHM, "alg is not " + signature.algorithm() + ", as console.suites has it"));
        }
        var keys = signature.keys().named(token.keyName());
        if (keys.isEmpty()) {
            return Optional.of(new Flaw(LaunchRefusal.KEY, "no key in console.suites has this kid"));
        }
        return keys.verify(token, signature.algorithm())
                ? Optional.empty()
                : Optional.of(new Flaw(LaunchRefusal.SIGNATURE, "no key of the suite made the signature"));
    }

    /// What is wrong though the suite itself said it.
    private Optional<Flaw> claimFlaw(Claims claims, LaunchRules now) {
        if (!claims.isFor(now.url().toString())) {
            return Optional.of(new Flaw(LaunchRefusal.AUDIENCE, "aud must be " + now.url() + ", and nothing else"));
        }
        var issued = claims.instant("iat");
        var expires = claims.instant("exp");
        if (issued.isEmpty() || expires.isEmpty()) {
            return Optional.of(new Flaw(LaunchRefusal.CLAIM, "iat and exp are needed, as seconds since 1970"));
        }
        var instant = time.instant();
        if (issued.get().isAfter(instant.plus(SKEW)) || claims.instant("nbf").filter(start -> start.isAfter(instant.plus(SKEW))).isPresent()) {
            return Optional.of(new Flaw(LaunchRefusal.TIME, "it is not good yet: iat or nbf is in the future. Compare the clocks"));
        }
        if (expires.get().isAfter(issued.get().plus(LIFETIME))) {
            return Optional.of(new Flaw(LaunchRefusal.LIFETIME, "exp must be at most " + LIFETIME.toSeconds() + " seconds after iat"));
        }
        if (!instant.isBefore(expires.get())) {
            return Optional.of(new Flaw(LaunchRefusal.TIME, "exp is over. If it was just made, compare the clocks"));
        }
        return claims.text("jti").filter(id -> ID.matcher(id).matches()).isPresent()
                ? Optional.empty()
                : Optional.of(new Flaw(LaunchRefusal.CLAIM, "jti is needed: up to 200 visible characters, of each token another"));
    }

    private LaunchResult accept(JsonValue payload, Claims claims, SuiteSettings suite, LaunchRules now) throws SQLException {
        var office = claims.text("office").flatMap(OfficeId::parse);
        if (office.isEmpty() || !suite.serves(office.get())) {
            return refused(LaunchRefusal.OFFICE, "office is missing, or none that console.suites lists for it", Optional.of(suite));
        }
        var problems = new Problems();
        var section = JsonDocument.read(payload, "token", problems);
        var launch = new LaunchReader(new Launch.Terms(suite, now.embed()), office.get()).read(section, section, "sub");
        if (!problems.isEmpty()) {
            var first = problems.list().getFirst();
            return refused(LaunchRefusal.CLAIM, first.key() + ": " + first.message(), Optional.of(suite));
        }
        // Last, so that a token which is refused for its form can be made right, and said again.
        var value = SecretText.digest(suite.name() + " " + claims.text("jti").orElseThrow());
        return used.take(KIND, value, claims.instant("exp").orElseThrow())
                ? new LaunchResult.Accepted(launch)
                : refused(LaunchRefusal.USED, "a token with this jti was used before", Optional.of(suite));
    }

    private static LaunchResult refused(LaunchRefusal reason, String why, Optional<SuiteSettings> suite) {
        return new LaunchResult.Refused(reason, why, suite);
    }
}
