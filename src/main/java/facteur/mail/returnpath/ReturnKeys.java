package facteur.mail.returnpath;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The keys of return addresses: one makes them, all of them verify. Immutable; safe to share between threads.
public final class ReturnKeys {
    private static final Comparator<ReturnKey> BY_AGE = Comparator.comparing(ReturnKey::madeAt).thenComparingInt(ReturnKey::number);

    private final ReturnKey maker;
    private final Map<Integer, ReturnKey> byNumber;

    /// Where all who verify have all keys.
    ///
    /// @param keys at least one, each number once
    /// @throws IllegalArgumentException when there is none, or two of one number
    public ReturnKeys(List<ReturnKey> keys) {
        this(keys, Instant.MAX);
    }

    /// @param keys at least one, each number once
    /// @param known who verifies has all keys that were made until then: the newest of these makes addresses; the oldest where there
    ///     is none
    /// @throws IllegalArgumentException when there is none, or two of one number
    public ReturnKeys(List<ReturnKey> keys, Instant known) {
        maker = keys.stream().filter(key -> !key.madeAt().isAfter(known)).max(BY_AGE)
                .or(() -> keys.stream().min(BY_AGE))
                .orElseThrow(() -> new IllegalArgumentException("no key of return addresses"));
        byNumber = keys.stream().collect(Collectors.toUnmodifiableMap(ReturnKey::number, Function.identity(), (one, other) -> {
            throw new IllegalArgumentException("two keys of number " + one.number());
        }));
    }

    /// The one that makes addresses.
    public ReturnKey maker() {
        return maker;
    }

    Optional<ReturnKey> byNumber(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }
}
