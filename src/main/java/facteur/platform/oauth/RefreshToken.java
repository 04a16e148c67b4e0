package facteur.platform.oauth;

import facteur.platform.config.Secret;
import facteur.platform.config.TextFile;
import facteur.platform.config.TextFile.Content;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The refresh token that is good now: the configured one, until a service gives another in its place (RFC 6749 §6). That
/// one is stored in a private file, for the next start and for other processes with the same state folder: the file is read
/// at each use.
///
/// The file names the configured token by its digest, so that a new one in the configuration voids the stored one.
/// Thread-safe.
final class RefreshToken {
    private static final int LONGEST_BYTES = 64 * 1024;

    private final Path file;
    private final String origin;
    private Secret good;
    private Optional<Secret> seen = Optional.empty();

    RefreshToken(Secret configured, Path file) {
        this.file = file;
        this.good = configured;
        this.origin = digest(configured);
    }

    synchronized Secret current() {
        var stored = stored();
        if (stored.isPresent() && !stored.equals(seen)) {
            seen = stored;
            good = stored.get();
        }
        return good;
    }

    /// From now on this one counts.
    ///
    /// @throws IOException when it can't be stored; it counts until the next start then
    synchronized void replace(Secret next) throws IOException {
        good = next;
        new PrivateFolder(file.toAbsolutePath().resolveSibling("")).make().publish(file.getFileName().toString(),
                origin + "\n" + next.reveal() + "\n");
        seen = Optional.of(next);
    }

    private Optional<Secret> stored() {
        return switch (TextFile.read(file, LONGEST_BYTES)) {
            case Content.Text(var text) -> {
                var lines = text.lines().toList();
                yield lines.size() == 2 && lines.getFirst().equals(origin) ? Optional.of(Secret.of(lines.get(1))) : Optional.empty();
            }
            case Content.Unreadable _ -> Optional.empty();
        };
    }

    private static String digest(Secret token) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
