package facteur.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/// What distinguishes one state of a file from another. A copy may have the time and size of what it replaces; never its
/// inode and the time of its last change of state as well. Immutable.
///
/// @param file device and inode, where the file system has them
/// @param changedAt of its content or its attributes, permissions included; where the file system knows
record FileStamp(Optional<Object> file, Optional<FileTime> changedAt, FileTime modifiedAt, long sizeBytes) {
    static FileStamp of(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileStamp(
                Optional.ofNullable(attributes.fileKey()),
                changedAt(path),
                attributes.lastModifiedTime(),
                attributes.size());
    }

    private static Optional<FileTime> changedAt(Path path) throws IOException {
        try {
            return Optional.of((FileTime) Files.getAttribute(path, "unix:ctime"));
        } catch (UnsupportedOperationException | IllegalArgumentException unknownHere) {
            return Optional.empty();
        }
    }
}
