package facteur.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import facteur.platform.clock.SteadyTime;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Remembers for some minutes which logins were good, so that an app that connects for each letter doesn't cost a
/// derivation each time. What is kept is an HMAC under a key of this process, over login, password and the stored hash:
/// it tells nothing, and a changed hash makes it void. Thread-safe.
final class GoodLogins {
    static final Duration KEPT = Duration.ofMinutes(5);
    static final int MOST = 10_000;

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> entries;

    GoodLogins(SecureRandom random, SteadyTime time) {
        var octets = new byte[32];
        random.nextBytes(octets);
        this.key = new SecretKeySpec(octets, HMAC);
        this.entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(ticker(time))
                .executor(Runnable::run)
                .build();
    }

    static Ticker ticker(SteadyTime time) {
        return () -> ChronoUnit.NANOS.between(Instant.EPOCH, time.instant());
    }

    void add(ByteBuffer seal) {
        entries.put(seal, true);
    }

    boolean contains(ByteBuffer seal) {
        return entries.getIfPresent(seal) != null;
    }

    /// What credentials are known again by, as long as they are compared with that hash.
    ByteBuffer seal(Credentials credentials, PasswordHash hash) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            // None of the three has a NUL in it.
            var text = credentials.login() + '\0' + credentials.password().reveal() + '\0' + hash.text();
            return ByteBuffer.wrap(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
