package facteur.mail.dkim;

import facteur.platform.config.DataSize;
import facteur.platform.config.TextFile;
import facteur.platform.pem.PemException;
import facteur.platform.pem.PrivateKeyFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One key in a file: a line with its state, which PEM allows (RFC 7468 §2), and PKCS#8 (§10). OpenSSL reads it. A file
/// without such a line was put there by the operator, whose word it is that the key is published.
///
/// ```
/// announced since 2026-11-24T10:00:00Z
/// -----BEGIN PRIVATE KEY-----
/// …
/// ```
final class KeyFile {
    static final String SUFFIX = ".pem";

    private static final int LONGEST_BYTES = (int) DataSize.ofMegabytes(1).bytes();
    private static final Pattern STATE = Pattern.compile("^(announced|active|retired) since (\\S+)$", Pattern.MULTILINE);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private KeyFile() {}

    /// @throws PemException when it can't be read, or holds no key that can sign
    static StoredKey read(Path path, String selector) throws PemException {
        var key = key(path, selector, PrivateKeyFile.read(path));
        return switch (TextFile.read(path, LONGEST_BYTES)) {
            case TextFile.Content.Unreadable(_, var reason, _) -> throw new PemException(path, reason);
            case TextFile.Content.Text(var text) -> {
                var state = STATE.matcher(text);
                yield state.find()
                        ? new StoredKey(key, KeyState.valueOf(state.group(1).toUpperCase(Locale.ROOT)), since(path, state))
                        : new StoredKey(key, KeyState.ACTIVE, Instant.EPOCH);
            }
        };
    }

    private static DkimKey key(Path path, String selector, PrivateKey key) throws PemException {
        try {
            return DkimKey.of(selector, key);
        } catch (GeneralSecurityException unfit) {
            throw new PemException(path, "holds a key that can't sign: " + unfit.getMessage());
        }
    }

    private static Instant since(Path path, Matcher state) throws PemException {
        try {
            return Instant.parse(state.group(2));
        } catch (DateTimeException noTime) {
            throw new PemException(path, "doesn't say since when its key is " + state.group(1));
        }
    }

    static String text(StoredKey stored) {
        return stored.state().name().toLowerCase(Locale.ROOT) + " since " + stored.since() + "\n-----BEGIN PRIVATE KEY-----\n"
                + LINES.encodeToString(stored.key().privateKey().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }
}
