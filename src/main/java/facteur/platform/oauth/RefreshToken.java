package facteur.platform.oauth;

import facteur.platform.config.Secret;
import facteur.platform.config.TextFile;
import facteur.platform.config.TextFile.Content;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The refresh token that is good now: the configured one, until a service gives another in its place (RFC 6749 §6). That
/// one is kept in a file of mode 0600, for the next start and for whoever else asks in the same state folder: the file is
/// read anew each time.
///
/// The file names the configured token by its digest, so that a new one in the configuration makes the kept one void.
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
        var kept = kept();
        if (kept.isPresent() && !kept.equals(seen)) {
            seen = kept;
            good = kept.get();
        }
        return good;
    }

    /// From now on this one counts.
    ///
    /// @throws IOException when it can't be kept; it counts until the next start then
    synchronized void replace(Secret next) throws IOException {
        good = next;
        write(origin + "\n" + next.reveal() + "\n");
        seen = Optional.of(next);
    }

    private Optional<Secret> kept() {
        return switch (TextFile.read(file, LONGEST_BYTES)) {
            case Content.Text(var text) -> {
                var lines = text.lines().toList();
                yield lines.size() == 2 && lines.getFirst().equals(origin) ? Optional.of(Secret.of(lines.get(1))) : Optional.empty();
            }
            case Content.Unreadable _ -> Optional.empty();
        };
    }

    /// Nobody ever reads half of it. A command that root runs leaves it to whoever owns the folder.
    private void write(String text) throws IOException {
        var folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder, mode("rwx------"));
        var unfinished = Files.createTempFile(folder, file.getFileName().toString(), ".new", mode("rw-------"));
        try {
            Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (!Files.getOwner(unfinished).equals(Files.getOwner(folder))) {
                Files.setOwner(unfinished, Files.getOwner(folder));
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
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
