package facteur.mail.dkim;

import facteur.fixture.RsaKeys;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;

/// Keys for signatures that take no time to make.
public final class TestKeys {
    /// A key of each algorithm, made once for all tests.
    public static final List<DkimKey> BOTH = Stream.of(DkimAlgorithm.values()).map(TestKeys::key).toList();

    private static final int RSA_BITS = 2048;

    private TestKeys() {}

    /// As [KeyFolder#KeyFolder(Path)], but for how its keys are found.
    public static KeyFolder folder(Path state) {
        return new KeyFolder(state, TestKeys::generate);
    }

    private static KeyPair generate(DkimAlgorithm algorithm) throws GeneralSecurityException {
        return algorithm == DkimAlgorithm.RSA ? RsaKeys.next(RSA_BITS) : algorithm.generate();
    }

    private static DkimKey key(DkimAlgorithm algorithm) {
        try {
            var pair = generate(algorithm);
            return new DkimKey("test-" + algorithm.keyType(), algorithm, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }
}
