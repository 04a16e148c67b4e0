package facteur.platform.log;

import facteur.platform.disk.PrivateFolder;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/// What addresses are hashed by: 256 random bits in the state folder, made when they are first needed.
public final class VeilKey {
    /// 64 hexadecimal digits, mode 0600.
    public static final String FILE = "journal.key";

    private static final int OCTETS = 32;

    private VeilKey() {}

    /// The veil that the settings ask for.
    ///
    /// @throws IOException when the key can't be read or written, or is none; the message says which file
    public static Veil veil(Addresses addresses, Path state) throws IOException {
        return switch (addresses) {
            case FULL -> new Veil.None();
            case MASKED -> new Veil.Masked();
            case HASHED -> new Veil.Hashed(new SecretKeySpec(key(state), "HmacSHA256"));
        };
    }

    private static byte[] key(Path state) throws IOException {
        var file = state.resolve(FILE);
        if (!Files.exists(file)) {
            var made = new byte[OCTETS];
            new SecureRandom().nextBytes(made);
            new PrivateFolder(state).make().publish(FILE, HexFormat.of().formatHex(made) + "\n");
        }
        try {
            var key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length == OCTETS) {
                return key;
            }
        } catch (IllegalArgumentException broken) {
            // Said below.
        } catch (IOException unreadable) {
            throw new IOException("can't read " + file + ": " + Reason.of(unreadable), unreadable);
        }
        throw new IOException(file + " is not " + 2 * OCTETS + " hexadecimal digits");
    }
}
