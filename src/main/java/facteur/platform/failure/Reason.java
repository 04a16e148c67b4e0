package facteur.platform.failure;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why something failed, as a clause: what Java says of it is a path, a class name, or nothing.
///
/// Never empty, never `null`, and without the name of a class unless it is a fault of ours.
public final class Reason {
    private static final Pattern SQLITE = Pattern.compile("(?s).*?\\[(SQLITE_[A-Z_]+)] .*");
    /// Extended codes have more behind.
    private static final Map<String, String> OF_SQLITE = Map.ofEntries(
            Map.entry("SQLITE_FULL", "the disk is full: make room on it"),
            Map.entry("SQLITE_NOTADB", "the file is no database, or damaged: restore a backup"),
            Map.entry("SQLITE_CORRUPT", "the database is damaged: restore a backup"),
            Map.entry("SQLITE_CANTOPEN", "the database can't be opened: permissions, a missing file, or too many open files"),
            Map.entry("SQLITE_READONLY", "the database can't be written: permissions, or a disk that is mounted read-only"),
            Map.entry("SQLITE_PERM", "the database can't be opened: permission denied"),
            Map.entry("SQLITE_BUSY", "another program holds the database: try again"),
            Map.entry("SQLITE_LOCKED", "another program holds the database: try again"),
            Map.entry("SQLITE_IOERR", "the disk can't be read or written: it is full, failing, or was taken away"),
            Map.entry("SQLITE_NOMEM", "there is no memory left"));
    /// What the system says, and what to do about it.
    private static final Map<String, String> OF_SYSTEM = Map.ofEntries(
            Map.entry("No space left on device", "no space left on the disk: make room on it"),
            Map.entry("Disk quota exceeded", "the disk quota is used up: make room, or have it raised"),
            Map.entry("Read-only file system", "the disk is mounted read-only"),
            Map.entry("Too many open files", "too many open files: raise the limit of descriptors"),
            Map.entry("Input/output error", "the disk fails"),
            Map.entry("Stale file handle", "the network disk has lost the file"),
            Map.entry("Is a directory", "it is a folder"),
            Map.entry("Not a directory", "a part of its path is no folder"),
            Map.entry("Permission denied", "permission denied"),
            // Of the driver for SQLite.
            Map.entry("Error opening connection",
                    "the database driver can't unpack its library: make room, or let it write, in the folder for that"));

    private Reason() {}

    /// Such as `/var/lib/facteur/lock: permission denied; it belongs to root`.
    public static String of(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException unchecked when unchecked.getCause() != null -> of(unchecked.getCause());
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case FileSystemException ofFile -> of(ofFile);
            case UnknownHostException unknown -> "no address is known for " + words(unknown).orElse("the host");
            case UnresolvedAddressException _ -> "no address is known for the host";
            case NoRouteToHostException _ -> "there is no route to the host";
            case ConnectException refused -> words(refused).map(Reason::lower).orElse("no connection: nothing listens there");
            case SocketTimeoutException _, HttpTimeoutException _ -> "no answer in time";
            case InterruptedIOException _ -> "interrupted";
            case ClosedChannelException _ -> "the connection or file was closed meanwhile";
            case CharacterCodingException _ -> "not UTF-8";
            case EOFException _ -> "it ends too soon";
            case FileNotFoundException missing -> missing(missing);
            case InvalidPathException path -> "not a path: " + path.getInput();
            case IOException io -> words(io).map(Reason::plain).orElse("it can't be read or written");
            default -> words(failure).map(Reason::plain).orElse("a fault of its own (" + failure.getClass().getSimpleName() + ")");
        };
    }

    private static String of(FileSystemException failure) {
        var file = failure.getFile() == null ? "a file" : failure.getFile();
        return switch (failure) {
            case NoSuchFileException _ -> file + ": no such file or folder";
            case AccessDeniedException _ -> file + ": permission denied" + owner(failure.getFile());
            case FileAlreadyExistsException _ -> file + " is there already";
            case NotDirectoryException _ -> file + " is no folder";
            case DirectoryNotEmptyException _ -> file + " is a folder that isn't empty";
            case FileSystemLoopException _ -> file + ": links lead in a circle";
            default -> file + ": " + Optional.ofNullable(failure.getReason()).map(Reason::plain).orElse("it can't be read or written");
        };
    }

    /// Of the file, or of the first folder above that can be looked at.
    private static String owner(@Nullable String file) {
        if (file == null) {
            return "";
        }
        return Stream.iterate(Path.of(file).toAbsolutePath(), path -> path != null, Path::getParent)
                .flatMap(path -> owner(path, file).stream())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> owner(Path path, String file) {
        try {
            var owner = Files.getOwner(path).getName();
            return Optional.of("; " + (path.endsWith(file) ? "it" : path) + " belongs to " + owner);
        } catch (IOException | UnsupportedOperationException hidden) {
            return Optional.empty();
        }
    }

    /// As `java.io` says it: the path, then what the system says in brackets.
    private static String missing(FileNotFoundException failure) {
        return words(failure)
                .map(text -> text.replaceFirst(" \\(No such file or directory\\)$", ": no such file or folder")
                        .replaceFirst(" \\(Permission denied\\)$", ": permission denied")
                        .replaceFirst(" \\(Is a directory\\)$", " is a folder")
                        .replaceFirst(" \\(Too many open files\\)$", ": too many open files: raise the limit of descriptors"))
                .orElse("no such file or folder");
    }

    private static Optional<String> words(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).map(String::strip).filter(text -> !text.isEmpty() && !text.equals("null"));
    }

    private static String plain(String text) {
        var sqlite = SQLITE.matcher(text);
        if (sqlite.matches()) {
            var code = sqlite.group(1);
            return OF_SQLITE.entrySet().stream()
                    .filter(entry -> code.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(text);
        }
        return OF_SYSTEM.getOrDefault(text, text);
    }

    private static String lower(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
