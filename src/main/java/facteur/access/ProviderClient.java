package facteur.access;

import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Secret;
import facteur.platform.http.HttpAnswer;
import facteur.platform.http.HttpLimits;
import facteur.platform.http.HttpService;
import facteur.platform.http.JsonText;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A provider on the wire. What it says of itself and its keys are kept for an hour, a failure for some seconds, so that a crowd at the
/// door is one question. Thread-safe.
final class ProviderClient implements AutoCloseable {
    /// By which ID tokens may be signed: what needs a secret of both sides is not among them.
    static final List<SigningAlgorithm> ALGORITHMS = List.of(SigningAlgorithm.RS256, SigningAlgorithm.PS256, SigningAlgorithm.ES256);

    static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 256 * 1024);

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    private record Held<T>(URI url, Fetched<T> fetched, Instant at) {
        boolean isGood(URI wanted, Instant now) {
            var life = switch (fetched) {
                case Fetched.Got<T> _ -> KEPT;
                case Fetched.Failed<T> _ -> FAILURE_KEPT;
            };
            return url.equals(wanted) && now.isBefore(at.plus(life));
        }
    }

    private final HttpLimits limits;
    private final SteadyTime time;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Held<ProviderMetadata>> metadata = Optional.empty();
    private Optional<Held<VerificationKeys>> keys = Optional.empty();
    private volatile Optional<HttpService> opened = Optional.empty();

    ProviderClient(HttpLimits limits, SteadyTime time) {
        this.limits = limits;
        this.time = time;
    }

    Fetched<ProviderMetadata> metadata(OidcSettings settings) {
        lock.lock();
        try {
            var place = ProviderMetadata.place(settings);
            var good = metadata.filter(held -> held.isGood(place, time.instant()));
            if (good.isPresent()) {
                return good.get().fetched();
            }
            var fetched = get(place, text -> ProviderMetadata.read(text, settings));
            metadata = Optional.of(new Held<>(place, fetched, time.instant()));
            return fetched;
        } finally {
            lock.unlock();
        }
    }

    /// Whether it signed the token. When no key that is known did, it is asked once more: a provider changes its keys.
    Fetched<Boolean> signed(ProviderMetadata provider, CompactJws token, SigningAlgorithm algorithm) {
        lock.lock();
        try {
            var known = keys.filter(held -> held.isGood(provider.keys(), time.instant())).map(held -> signed(held.fetched(), token, algorithm));
            if (known.isPresent() && !known.get().equals(new Fetched.Got<>(false))) {
                return known.get();
            }
            var fetched = get(provider.keys(), text -> VerificationKeys.published(text, ALGORITHMS));
            keys = Optional.of(new Held<>(provider.keys(), fetched, time.instant()));
            return signed(fetched, token, algorithm);
        } finally {
            lock.unlock();
        }
    }

    private static Fetched<Boolean> signed(Fetched<VerificationKeys> keys, CompactJws token, SigningAlgorithm algorithm) {
        return switch (keys) {
            case Fetched.Failed<VerificationKeys>(var why) -> new Fetched.Failed<>(why);
            case Fetched.Got<VerificationKeys>(var good) -> new Fetched.Got<>(good.named(token.keyName()).verify(token, algorithm));
        };
    }

    /// The ID token for a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
    ///
    /// @param back the redirect URI of the request that the code is of
    Fetched<String> exchange(ProviderMetadata provider, OidcSettings settings, String code, String verifier, URI back) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back.toString());
        form.put("code_verifier", verifier);
        var question = HttpRequest.newBuilder(provider.token()).header("Content-Type", "application/x-www-form-urlencoded");
        if (provider.wantsPostedSecret()) {
            form.put("client_id", settings.clientId());
            form.put("client_secret", settings.clientSecret().reveal());
        } else {
            // RFC 6749 §2.3.1: each half as a form has it.
            var pair = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret().reveal());
            question.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        question.POST(BodyPublishers.ofString(encoded(form)));
        return switch (http().ask(question)) {
            case HttpAnswer.Failed(var why) -> new Fetched.Failed<>(provider.token().getHost() + ": " + without(why, settings.clientSecret()));
            case HttpAnswer.Came(var response) -> switch (JsonText.of(response)) {
                case JsonText.Read(var text) when response.statusCode() == 200 -> idToken(text);
                case JsonText.Read(var text) -> new Fetched.Failed<>("the code was not taken: status " + response.statusCode() + error(text));
                case JsonText.TooLarge() -> new Fetched.Failed<>("the answer to the code is too large");
                case JsonText.Unreadable _ -> new Fetched.Failed<>("the answer to the code can't be read: status " + response.statusCode());
            };
        };
    }

    private static Fetched<String> idToken(String text) {
        return claims(text)
                .flatMap(said -> said.text("id_token"))
                .<Fetched<String>>map(Fetched.Got::new)
                .orElseGet(() -> new Fetched.Failed<>("the answer to the code has no id_token"));
    }

    /// RFC 6749 §5.2, when it is one of its words.
    private static String error(String text) {
        return claims(text).flatMap(said -> said.text("error")).filter(word -> word.matches("[a-z_]{1,64}")).map(word -> ", " + word).orElse("");
    }

    private static Optional<Claims> claims(String text) {
        try {
            return JsonReader.read(text) instanceof JsonValue.Members members ? Optional.of(new Claims(members)) : Optional.empty();
        } catch (JsonException unreadable) {
            return Optional.empty();
        }
    }

    /// @param reader throws [IllegalArgumentException] whose message says what is wrong
    private <T> Fetched<T> get(URI url, Function<String, T> reader) {
        return switch (http().ask(HttpRequest.newBuilder(url).GET())) {
            case HttpAnswer.Failed(var why) -> new Fetched.Failed<>(url + ": " + why);
            case HttpAnswer.Came(var response) when response.statusCode() != 200 -> new Fetched.Failed<>(url + ": status " + response.statusCode());
            case HttpAnswer.Came(var response) -> switch (JsonText.of(response)) {
                case JsonText.TooLarge() -> new Fetched.Failed<>(url + ": the answer is too large");
                case JsonText.Unreadable(var why) -> new Fetched.Failed<>(url + ": " + why);
                case JsonText.Read(var text) -> read(url, text, reader);
            };
        };
    }

    private static <T> Fetched<T> read(URI url, String text, Function<String, T> reader) {
        try {
            return new Fetched.Got<>(reader.apply(text));
        } catch (IllegalArgumentException wrong) {
            return new Fetched.Failed<>(url + ": " + wrong.getMessage());
        }
    }

    /// As a form, or the query of a URL, has it.
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + encoded(field.getValue())).collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String without(String text, Secret secret) {
        return secret.reveal().isEmpty() ? text : text.replace(secret.reveal(), secret.toString());
    }

    /// Made when it is first needed: most relays have no provider.
    private HttpService http() {
        lock.lock();
        try {
            var service = opened.orElseGet(() -> new HttpService(limits));
            opened = Optional.of(service);
            return service;
        } finally {
            lock.unlock();
        }
    }

    /// Doesn't wait for a question in progress to end by itself.
    @Override
    public void close() {
        var service = opened;
        service.ifPresent(HttpService::close);
    }
}
