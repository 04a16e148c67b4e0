package facteur.mail.dkim;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;

/// A key of each algorithm, made once for all tests.
final class TestKeys {
    static final List<DkimKey> BOTH = Stream.of(DkimAlgorithm.values()).map(TestKeys::generate).toList();

    private TestKeys() {}

    private static DkimKey generate(DkimAlgorithm algorithm) {
        try {
            var pair = algorithm.generate();
            return new DkimKey("test-" + algorithm.keyType(), algorithm, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
