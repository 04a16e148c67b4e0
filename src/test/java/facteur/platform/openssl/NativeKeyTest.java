package facteur.platform.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.RsaKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeKeyTest {
    @BeforeAll
    static void needsOpenSsl() {
        assumeTrue(Libcrypto.instance().isPresent(), "no libcrypto.so.3 here");
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024, SHA256withRSA", "RSA, 2048, SHA256withRSA", "RSA, 4096, SHA256withRSA", "Ed25519, 255, Ed25519"})
    void signsAsJavaDoes(String algorithm, int bits, String name) throws Exception {
        var key = key(algorithm, bits);
        var ours = NativeKey.of(key).orElseThrow();

        for (var length : new int[] {0, 1, 32, 300, 100_000}) {
            var octets = octets(length);
            assertThat(ours.sign(octets)).hasValue(byJava(name, key, octets));
        }
    }

    @Test
    void servesManyThreads() throws Exception {
        var key = key("RSA", 1024);
        var ours = NativeKey.of(key).orElseThrow();
        var octets = octets(300);
        var expected = byJava("SHA256withRSA", key, octets);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var signatures = threads.invokeAll(IntStream.range(0, 200)
                    .<Callable<byte[]>>mapToObj(_ -> () -> ours.sign(octets).orElseThrow())
                    .toList());
            for (var signature : signatures) {
                assertThat(signature.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void saysNoToWhatIsNoKey() {
        assertThat(Libcrypto.instance().orElseThrow().key(octets(100))).isEmpty();
    }

    @Test
    void saysNoToAnAlgorithmThatCantSign() throws Exception {
        // A key for agreement, not for signatures.
        assertThat(NativeKey.of(key("X25519", 255)).orElseThrow().sign(octets(10))).isEmpty();
    }

    private static PrivateKey key(String algorithm, int bits) throws GeneralSecurityException {
        if (algorithm.equals("RSA")) {
            return RsaKeys.next(bits).getPrivate();
        }
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate();
    }

    private static byte[] byJava(String name, PrivateKey key, byte[] octets) throws GeneralSecurityException {
        var signature = Signature.getInstance(name);
        signature.initSign(key);
        signature.update(octets);
        return signature.sign();
    }

    private static byte[] octets(int length) {
        var octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
