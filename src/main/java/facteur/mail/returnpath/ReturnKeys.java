package facteur.mail.returnpath;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The keys of return addresses: the newest makes them, all of them verify. Immutable; safe to share between threads.
public final class ReturnKeys {
    private final ReturnKey newest;
    private final Map<Integer, ReturnKey> byNumber;

    /// @param keys at least one, each number once
    /// @throws IllegalArgumentException when there is none, or two of one number
    public ReturnKeys(List<ReturnKey> keys) {
        newest = keys.stream().max(Comparator.comparing(ReturnKey::madeAt).thenComparingInt(ReturnKey::number))
                .orElseThrow(() -> new IllegalArgumentException("no key of return addresses"));
        byNumber = keys.stream().collect(Collectors.toUnmodifiableMap(ReturnKey::number, Function.identity(), (one, other) -> {
            throw new IllegalArgumentException("two keys of number " + one.number());
        }));
    }

    public ReturnKey newest() {
        return newest;
    }

    Optional<ReturnKey> byNumber(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }
}
