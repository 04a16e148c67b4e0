package facteur.platform.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.platform.failure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// A file of UTF-8 text, read whole and within bounds.
///
/// Only regular files are opened: a pipe or a device could keep us waiting for ever.
public final class TextFile {
    private TextFile() {}

    /// The result of reading.
    public sealed interface Content {
        record Text(String text) implements Content {}

        /// @param line where, when that is known; else 0
        record Unreadable(int line, String reason, Fault fault) implements Content {}
    }

    /// Why a file can't be read.
    public enum Fault {
        /// What it holds, or what kind of file it is: the same file fails the same way again.
        CONTENT,
        /// Something around it, such as permissions or a disk: the same file may be readable a moment later.
        ACCESS
    }

    /// @param longestBytes a larger file is unreadable
    public static Content read(Path file, int longestBytes) {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return new Content.Unreadable(0, "is not a regular file", Fault.CONTENT);
            }
            byte[] bytes = readBytes(file, longestBytes + 1);
            return bytes.length > longestBytes
                    ? new Content.Unreadable(0, "is larger than " + new DataSize(longestBytes), Fault.CONTENT)
                    : decode(bytes);
        } catch (IOException failure) {
            return new Content.Unreadable(0, reason(failure), Fault.ACCESS);
        }
    }

    /// Why a file or a folder can't be read, in words that don't repeat its name.
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException known when known.getReason() != null -> "can't be read: " + known.getReason();
            default -> "can't be read: " + Reason.of(failure);
        };
    }

    private static byte[] readBytes(Path file, int most) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(most);
        }
    }

    private static Content decode(byte[] bytes) {
        if (isUtf16(bytes)) {
            return new Content.Unreadable(1, "is UTF-16, not UTF-8 text: save it as UTF-8", Fault.CONTENT);
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = UTF_8.newDecoder();
        CoderResult result = decoder.decode(input, output, true);
        if (result.isError()) {
            int line = 1;
            for (int at = 0; at < input.position(); at++) {
                line += bytes[at] == '\n' ? 1 : 0;
            }
            return new Content.Unreadable(line, "is not UTF-8 text: save it as UTF-8", Fault.CONTENT);
        }
        String text = output.flip().toString();
        return new Content.Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /// By its byte order mark, or by the zero in one of the first two octets that every text of ours would have.
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE || (first == 0) != (second == 0);
    }
}
