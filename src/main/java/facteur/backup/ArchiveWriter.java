package facteur.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import facteur.backup.Manifest.Item;
import facteur.platform.disk.PrivateFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a ZIP file with a manifest, mode 0600. One thread.
final class ArchiveWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel file;
    private final ZipOutputStream zip;
    private final List<Item> items = new ArrayList<>();

    ArchiveWriter(Path path) throws IOException {
        file = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.FILE_MODE);
        zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES), UTF_8);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    void add(String name, InputStream in) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        items.add(copy(name, in, zip));
        zip.closeEntry();
    }

    /// Copies, and describes what was copied.
    static Item copy(String name, InputStream in, OutputStream out) throws IOException {
        var digest = sha256();
        var buffer = new byte[BUFFER_BYTES];
        var size = 0L;
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
            size += read;
        }
        return new Item(HexFormat.of().formatHex(digest.digest()), size, name);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("SHA-256 is missing", e);
        }
    }

    /// Ends it. It is on disk when this returns.
    void finish(Instant madeAt) throws IOException {
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(new Manifest(madeAt, items).text().getBytes(UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
