package facteur.access;

import facteur.mail.automatic.Language;
import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Problems;
import facteur.platform.http.HttpLimits;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Signing in at a provider: the code flow of OpenID Connect with PKCE (RFC 7636), state, nonce, and a look at whose answer it is
/// (RFC 9207).
///
/// A sign-in on its way is a ticket, whose text is the state: it works once, on whichever node the browser comes back to. It names the
/// SHA-256 of a cookie of that browser; nonce and verifier are made of the cookie, so nothing in the database could finish the sign-in.
///
/// Thread-safe.
public final class Oidc implements AutoCloseable {
    /// Of the redirect URI, below the console's URL.
    public static final String BACK = "/sign-in/oidc/back";

    /// Each writes a row, and anyone may begin one.
    static final int BEGINNINGS_PER_MINUTE = 600;

    private static final String TO = "to";
    private static final String ISSUER = "issuer";

    private final Supplier<Optional<OidcSettings>> settings;
    private final Supplier<URI> url;
    private final Tickets tickets;
    private final InstantSource time;
    private final RandomGenerator random;
    private final RateLimit beginnings;
    private final ProviderClient provider;

    /// @param settings as they are in force
    /// @param url what browsers call the console
    /// @param random that can't be predicted
    public Oidc(
            Supplier<Optional<OidcSettings>> settings,
            Supplier<URI> url,
            Tickets tickets,
            InstantSource time,
            SteadyTime steady,
            RandomGenerator random) {
        this(settings, url, tickets, time, steady, random, ProviderClient.LIMITS);
    }

    Oidc(
            Supplier<Optional<OidcSettings>> settings,
            Supplier<URI> url,
            Tickets tickets,
            InstantSource time,
            SteadyTime steady,
            RandomGenerator random,
            HttpLimits limits) {
        this.settings = settings;
        this.url = url;
        this.tickets = tickets;
        this.time = time;
        this.random = random;
        this.beginnings = new RateLimit(BEGINNINGS_PER_MINUTE, steady);
        this.provider = new ProviderClient(limits, steady);
    }

    /// Sends a browser to the provider.
    ///
    /// @param to where the person wants to go
    public OidcStart begin(OwnPath to) throws SQLException {
        var now = settings.get();
        if (now.isEmpty()) {
            return new OidcStart.Unavailable(OidcRefusal.OFF, "console.oidc has no issuer");
        }
        if (beginnings.acquire(1, BEGINNINGS_PER_MINUTE).isPresent()) {
            return new OidcStart.Unavailable(OidcRefusal.STATE, "more than " + BEGINNINGS_PER_MINUTE + " sign-ins a minute were begun here");
        }
        return switch (provider.metadata(now.get())) {
            case Fetched.Failed<ProviderMetadata>(var why) -> new OidcStart.Unavailable(OidcRefusal.PROVIDER, why);
            case Fetched.Got<ProviderMetadata>(var known) -> begin(known, now.get(), to);
        };
    }

    private OidcStart begin(ProviderMetadata known, OidcSettings now, OwnPath to) throws SQLException {
        var cookie = SecretText.random(random);
        var body = new LinkedHashMap<String, JsonValue>();
        body.put(TO, JsonValue.of(to.text()));
        body.put(ISSUER, JsonValue.of(now.issuer().toString()));
        var state = tickets.make(TicketKind.PROVIDER, SecretText.digest(cookie), new JsonValue.Members(body).toString());
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", now.clientId());
        query.put("redirect_uri", back().toString());
        query.put("scope", String.join(" ", now.scopes()));
        query.put("state", state.text());
        query.put("nonce", nonce(cookie));
        query.put("code_challenge", hash(verifier(cookie)));
        query.put("code_challenge_method", "S256");
        var separator = known.authorization().getRawQuery() == null ? "?" : "&";
        return new OidcStart.Redirect(
                URI.create(known.authorization() + separator + ProviderClient.encoded(query)), cookie, TicketKind.PROVIDER.life());
    }

    /// A browser comes back.
    ///
    /// @param query fields of its query by name
    /// @param cookie that it shows
    public OidcResult finish(Function<String, Optional<String>> query, Optional<String> cookie) throws SQLException {
        var now = settings.get();
        if (now.isEmpty()) {
            return refused(OidcRefusal.OFF, "console.oidc has no issuer");
        }
        if (cookie.filter(SecretText::isOne).isEmpty()) {
            return refused(OidcRefusal.BROWSER, "the browser shows no cookie of a sign-in");
        }
        var state = tickets.redeem(TicketKind.PROVIDER, query.apply("state").orElse(""));
        if (state.isEmpty()) {
            return refused(OidcRefusal.STATE,
                    "the state is missing, unknown, used, or older than " + TicketKind.PROVIDER.life().toMinutes() + " minutes");
        }
        if (!state.get().subject().equals(SecretText.digest(cookie.get()))) {
            return refused(OidcRefusal.BROWSER, "the sign-in was begun in another browser");
        }
        return switch (provider.metadata(now.get())) {
            case Fetched.Failed<ProviderMetadata>(var why) -> refused(OidcRefusal.PROVIDER, why);
            case Fetched.Got<ProviderMetadata>(var known) -> finish(query, cookie.get(), Begun.of(state.get().body()), known, now.get());
        };
    }

    /// What the state remembers.
    private record Begun(OwnPath to, String issuer) {
        static Begun of(String body) {
            try {
                var section = JsonDocument.read(JsonReader.read(body), "ticket", new Problems());
                return new Begun(section.text(TO).flatMap(OwnPath::parse).orElse(OwnPath.HOME), section.text(ISSUER, ""));
            } catch (JsonException e) {
                throw new IllegalStateException("a ticket that was not made by this version", e);
            }
        }
    }

    private OidcResult finish(
            Function<String, Optional<String>> query, String cookie, Begun begun, ProviderMetadata known, OidcSettings now) {
        var issuer = now.issuer().toString();
        var named = query.apply("iss");
        if (!begun.issuer().equals(issuer) || named.isPresent() && !named.get().equals(issuer)) {
            return refused(OidcRefusal.ISSUER, "the answer is not of the issuer in console.oidc");
        }
        if (named.isEmpty() && known.namesItself()) {
            return refused(OidcRefusal.ISSUER, "the answer has no iss, though the provider says that it has");
        }
        var error = query.apply("error");
        if (error.isPresent()) {
            return refused(OidcRefusal.DENIED,
                    "the provider answers with an error" + (error.get().matches("[a-z_]{1,64}") ? ": " + error.get() : ""));
        }
        var code = query.apply("code").filter(text -> !text.isEmpty());
        if (code.isEmpty()) {
            return refused(OidcRefusal.PROVIDER, "the answer has neither code nor error");
        }
        return switch (provider.exchange(known, now, code.get(), verifier(cookie), back())) {
            case Fetched.Failed<String>(var why) -> refused(OidcRefusal.PROVIDER, why);
            case Fetched.Got<String>(var text) -> switch (IdToken.parse(text)) {
                case CompactJws.Reading.Unreadable(var why) -> refused(OidcRefusal.TOKEN, "the ID token " + why);
                case CompactJws.Reading.Read(var token) -> signedIn(token, new IdToken.Expected(now, nonce(cookie)), known, begun.to());
            };
        };
    }

    private OidcResult signedIn(CompactJws token, IdToken.Expected expected, ProviderMetadata known, OwnPath to) {
        var algorithm = IdToken.algorithm(token);
        if (algorithm.isEmpty()) {
            return refused(OidcRefusal.TOKEN, "the ID token must be signed by RS256, PS256 or ES256");
        }
        return switch (provider.signed(known, token, algorithm.get())) {
            case Fetched.Failed<Boolean>(var why) -> refused(OidcRefusal.PROVIDER, why);
            case Fetched.Got<Boolean>(var isSigned) when !isSigned ->
                refused(OidcRefusal.TOKEN, "no key that the provider publishes made the signature of the ID token");
            case Fetched.Got<Boolean> _ -> {
                var claims = new Claims(token.payload());
                yield IdToken.flaw(claims, expected, time.instant())
                        .map(why -> refused(OidcRefusal.TOKEN, "the ID token is not good: " + why))
                        .orElseGet(() -> signedIn(new IdToken(IdToken.subject(claims).orElseThrow(), claims), expected.settings(), to));
            }
        };
    }

    private static OidcResult signedIn(IdToken token, OidcSettings now, OwnPath to) {
        var holder = new Holder.Federated(now.issuer().toString(), token.subject(), token.name());
        return switch (ClaimedGrants.of(token.claims(), now)) {
            case ClaimedGrants.None(var why) -> new OidcResult.Refused(OidcRefusal.NO_ACCESS, why, Optional.of(holder));
            case ClaimedGrants.Some(var grants) ->
                new OidcResult.SignedIn(holder, grants, token.claims().text("email"), language(token.claims()), to);
        };
    }

    /// Of a claim such as `fr-BE` (OpenID Connect Core §5.1).
    private static Optional<String> language(Claims claims) {
        return claims.text("locale").flatMap(locale -> Stream.of(Language.values())
                .map(Language::word)
                .filter(word -> locale.equals(word) || locale.startsWith(word + "-") || locale.startsWith(word + "_"))
                .findFirst());
    }

    private URI back() {
        return URI.create(url.get() + BACK);
    }

    private static String nonce(String cookie) {
        return hash("nonce " + cookie);
    }

    private static String verifier(String cookie) {
        return hash("verifier " + cookie);
    }

    /// SHA-256 as base64url: what PKCE calls S256.
    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static OidcResult refused(OidcRefusal reason, String why) {
        return new OidcResult.Refused(reason, why, Optional.empty());
    }

    /// Ends questions in progress.
    @Override
    public void close() {
        provider.close();
    }
}
