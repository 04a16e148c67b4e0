package facteur.platform.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
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
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ReasonTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new NoSuchFileException("/a"), "/a: no such file or folder"),
                arguments(new FileAlreadyExistsException("/a"), "/a is there already"),
                arguments(new NotDirectoryException("/a"), "/a is no folder"),
                arguments(new DirectoryNotEmptyException("/a"), "/a is a folder that isn't empty"),
                arguments(new FileSystemLoopException("/a"), "/a: links lead in a circle"),
                arguments(new FileSystemException("/a", null, "No space left on device"), "/a: no space left on the disk: make room on it"),
                arguments(new FileSystemException("/a", null, "Too many open files"), "/a: too many open files: raise the limit of descriptors"),
                arguments(new FileSystemException("/a"), "/a: it can't be read or written"),
                arguments(new FileSystemException(null), "a file: it can't be read or written"),
                arguments(new FileNotFoundException("/a (Permission denied)"), "/a: permission denied"),
                arguments(new FileNotFoundException("/a (No such file or directory)"), "/a: no such file or folder"),
                arguments(new FileNotFoundException(), "no such file or folder"),
                arguments(new IOException("No space left on device"), "no space left on the disk: make room on it"),
                arguments(new IOException(), "it can't be read or written"),
                arguments(new IOException(" "), "it can't be read or written"),
                arguments(new IOException("the pump is dry"), "the pump is dry"),
                arguments(new EOFException(), "it ends too soon"),
                arguments(new MalformedInputException(1), "not UTF-8"),
                arguments(new ClosedChannelException(), "the connection or file was closed meanwhile"),
                arguments(new ConnectException(), "no connection: nothing listens there"),
                arguments(new ConnectException("Connection refused"), "connection refused"),
                arguments(new NoRouteToHostException(), "there is no route to the host"),
                arguments(new UnknownHostException("db.example"), "no address is known for db.example"),
                arguments(new UnknownHostException(), "no address is known for the host"),
                arguments(new UnresolvedAddressException(), "no address is known for the host"),
                arguments(new SocketTimeoutException(), "no answer in time"),
                arguments(new HttpConnectTimeoutException("HTTP connect timed out"), "no answer in time"),
                arguments(new InvalidPathException("a\0b", "Nul character not allowed"), "not a path: a\0b"),
                arguments(new UncheckedIOException(new NoSuchFileException("/a")), "/a: no such file or folder"),
                arguments(new CompletionException(new ConnectException()), "no connection: nothing listens there"),
                arguments(new ExecutionException(new SocketTimeoutException()), "no answer in time"),
                arguments(sqlite("[SQLITE_FULL] Insertion failed because database is full (database or disk is full)"),
                        "the disk is full: make room on it"),
                arguments(sqlite("[SQLITE_IOERR_SHMSIZE] An I/O error"), "the disk can't be read or written: it is full, failing, or was taken away"),
                arguments(sqlite("not read: [SQLITE_CORRUPT] malformed"), "the database is damaged: restore a backup"),
                arguments(sqlite("[SQLITE_TOOBIG] too big"), "[SQLITE_TOOBIG] too big"),
                arguments(new SQLException((String) null), "a fault of its own (SQLException)"),
                arguments(new IllegalStateException(), "a fault of its own (IllegalStateException)"));
    }

    private static SQLException sqlite(String text) {
        return new SQLException(text);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhyInWords(Throwable failure, String reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }

    @Test
    void tellsWhomADeniedFileBelongsTo(@TempDir Path folder) throws Exception {
        var owner = Files.getOwner(folder).getName();
        assertThat(Reason.of(new AccessDeniedException(folder.toString()))).isEqualTo(folder + ": permission denied; it belongs to " + owner);
        var below = folder.resolve("gone/lock").toString();
        assertThat(Reason.of(new AccessDeniedException(below))).isEqualTo(below + ": permission denied; " + folder + " belongs to " + owner);
    }
}
