package facteur.platform.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Calls of OpenSSL 3's libcrypto. Thread-safe.
///
/// A call that fails leaves its reasons in a queue of the thread, which is emptied: it is the caller who knows what failed.
@SuppressWarnings("restricted") // That is what this class is for.
final class Libcrypto {
    private static final String FILE = "libcrypto.so.3";
    /// Octets of a signature by an RSA key of 16,384 bits, which is the longest that OpenSSL takes.
    private static final int LONGEST_SIGNATURE = 2048;
    private static final Optional<Libcrypto> INSTANCE = load();

    private final MethodHandle newKey;
    private final MethodHandle freeKey;
    private final MethodHandle newContext;
    private final MethodHandle freeContext;
    private final MethodHandle sha256;
    private final MethodHandle start;
    private final MethodHandle sign;
    private final MethodHandle clearErrors;

    private Libcrypto(SymbolLookup library) {
        newKey = handle(library, "d2i_AutoPrivateKey", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        freeKey = handle(library, "EVP_PKEY_free", FunctionDescriptor.ofVoid(ADDRESS));
        newContext = handle(library, "EVP_MD_CTX_new", FunctionDescriptor.of(ADDRESS));
        freeContext = handle(library, "EVP_MD_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
        sha256 = handle(library, "EVP_sha256", FunctionDescriptor.of(ADDRESS));
        start = handle(
                library,
                "EVP_DigestSignInit",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        sign = handle(
                library, "EVP_DigestSign", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        clearErrors = handle(library, "ERR_clear_error", FunctionDescriptor.ofVoid());
    }

    /// @return empty where there is none, or where this Java may not call it
    static Optional<Libcrypto> instance() {
        return INSTANCE;
    }

    private static Optional<Libcrypto> load() {
        try {
            return Optional.of(new Libcrypto(SymbolLookup.libraryLookup(FILE, Arena.global())));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | UnsupportedOperationException
                | IllegalCallerException absent) {
            return Optional.empty();
        }
    }

    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor form) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), form);
    }

    /// @param pkcs8 in DER
    /// @return empty when OpenSSL doesn't take it; otherwise freed when nothing refers to it any more
    Optional<MemorySegment> key(byte[] pkcs8) {
        return called(arena -> {
            var octets = arena.allocateFrom(JAVA_BYTE, pkcs8);
            var position = arena.allocateFrom(ADDRESS, octets);
            var key = (MemorySegment) newKey.invokeExact(MemorySegment.NULL, position, (long) pkcs8.length);
            octets.fill((byte) 0);
            if (key.equals(MemorySegment.NULL)) {
                clearErrors.invokeExact();
                return Optional.empty();
            }
            return Optional.of(key.reinterpret(Arena.ofAuto(), this::free));
        });
    }

    private void free(MemorySegment key) {
        called(_ -> {
            freeKey.invokeExact(key);
            return key;
        });
    }

    /// @param isHashing whether SHA-256 comes before the signature; false where the algorithm hashes by itself
    /// @return empty when OpenSSL refuses
    Optional<byte[]> sign(MemorySegment key, boolean isHashing, byte[] octets) {
        return called(arena -> {
            var context = (MemorySegment) newContext.invokeExact();
            try {
                var hash = isHashing ? (MemorySegment) sha256.invokeExact() : MemorySegment.NULL;
                var signature = arena.allocate(LONGEST_SIGNATURE);
                var length = arena.allocateFrom(JAVA_LONG, LONGEST_SIGNATURE);
                var message = arena.allocateFrom(JAVA_BYTE, octets);
                var done = (int) start.invokeExact(context, MemorySegment.NULL, hash, MemorySegment.NULL, key) == 1
                        && (int) sign.invokeExact(context, signature, length, message, (long) octets.length) == 1;
                if (!done) {
                    clearErrors.invokeExact();
                    return Optional.empty();
                }
                return Optional.of(Arrays.copyOf(signature.toArray(JAVA_BYTE), (int) length.get(JAVA_LONG, 0)));
            } finally {
                freeContext.invokeExact(context);
            }
        });
    }

    @FunctionalInterface
    private interface Call<T> {
        T run(Arena arena) throws Throwable;
    }

    private static <T> T called(Call<T> call) {
        try (var arena = Arena.ofConfined()) {
            return call.run(arena);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("C throws nothing", impossible);
        }
    }
}
