package facteur.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.backup.BackupException.Cause;
import facteur.platform.disk.PrivateFolder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads a file of an [ArchiveWriter]: the entries that its manifest names, and no others. One thread.
final class ArchiveReader implements AutoCloseable {
    private static final int MANIFEST_BYTES = 1 << 30;

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(Path path, ZipFile zip, Manifest manifest) {
        this.path = path;
        this.zip = zip;
        this.manifest = manifest;
    }

    static ArchiveReader open(Path path) throws BackupException, IOException {
        try {
            var zip = new ZipFile(path.toFile(), UTF_8);
            try {
                return new ArchiveReader(path, zip, manifest(path, zip));
            } catch (BackupException | IOException failure) {
                zip.close();
                throw failure;
            }
        } catch (ZipException | EOFException damaged) {
            throw new BackupException(Cause.UNFIT, path + " is no backup, or damaged: " + damaged.getMessage());
        }
    }

    private static Manifest manifest(Path path, ZipFile zip) throws BackupException, IOException {
        var entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new BackupException(Cause.UNFIT, path + " is no backup of facteur: it has no manifest");
        }
        try (var in = zip.getInputStream(entry)) {
            var text = new String(in.readNBytes(MANIFEST_BYTES), UTF_8);
            return Manifest.parse(text)
                    .orElseThrow(() -> new BackupException(Cause.UNFIT, path + " is no backup of this facteur: its manifest can't be read"));
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /// Writes all of it below an empty folder, modes 0600 and 0700. The files are on disk when this returns; their names
    /// may not be.
    void unpack(Path folder) throws BackupException, IOException {
        if (zip.size() != manifest.items().size() + 1) {
            throw new BackupException(Cause.UNFIT, path + " contains other files than its manifest lists");
        }
        for (var item : manifest.items()) {
            try (var in = content(item)) {
                unpack(item, in, folder.resolve(item.name()));
            } catch (ZipException | EOFException damaged) {
                throw unfit(item);
            }
        }
    }

    private InputStream content(Manifest.Item item) throws BackupException, IOException {
        var entry = zip.getEntry(item.name());
        @Nullable
        InputStream in = entry == null ? null : zip.getInputStream(entry);
        if (in == null) {
            throw unfit(item);
        }
        return in;
    }

    private void unpack(Manifest.Item item, InputStream in, Path file) throws BackupException, IOException {
        new PrivateFolder(file.resolveSibling("")).make();
        try (var out = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.FILE_MODE)) {
            var bounded = new Bounded(in, item.sizeBytes());
            if (!ArchiveWriter.copy(item.name(), bounded, Channels.newOutputStream(out)).equals(item)) {
                throw unfit(item);
            }
            out.force(true);
        } catch (FileAlreadyExistsException twice) {
            throw unfit(item);
        }
    }

    private BackupException unfit(Manifest.Item item) {
        return new BackupException(Cause.UNFIT, path + " is damaged: " + item.name() + " has changed");
    }

    /// Ends one octet after the expected size.
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long size) {
            this.in = in;
            this.left = size + 1;
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("by blocks");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = left == 0 ? -1 : in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
