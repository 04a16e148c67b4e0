package facteur.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whichever octet of a backup is damaged, it is refused as damaged, or nothing of its contents is affected.
class DamagedArchiveTest {
    private static final String NAME = "refresh-token.office";

    @TempDir
    private Path folder;

    @Test
    void wrongOctets() throws Exception {
        var octets = archive();
        var refused = 0;
        for (var at = 0; at < octets.length; at++) {
            for (var mask : new int[] {0x01, 0x55, 0x80, 0xff}) {
                var damaged = octets.clone();
                damaged[at] ^= (byte) mask;
                refused += isRefused(damaged) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(octets.length * 2);
    }

    @Test
    void missingOctets() throws Exception {
        var octets = archive();
        for (var length = 0; length < octets.length; length++) {
            assertThat(isRefused(Arrays.copyOf(octets, length))).as("%d octets", length).isTrue();
        }
    }

    private boolean isRefused(byte[] archive) throws IOException {
        var file = Files.write(folder.resolve("damaged"), archive);
        var target = Files.createDirectory(folder.resolve("unpacked"));
        try (var reader = ArchiveReader.open(file)) {
            reader.unpack(target);
            assertThat(target.resolve(NAME)).hasContent("token");
            return false;
        } catch (BackupException refused) {
            return true;
        } finally {
            Folders.delete(target);
        }
    }

    private byte[] archive() throws IOException {
        var file = folder.resolve("archive");
        try (var writer = new ArchiveWriter(file)) {
            writer.add(NAME, new ByteArrayInputStream("token".getBytes(UTF_8)));
            writer.finish(Instant.EPOCH);
        }
        return Files.readAllBytes(file);
    }
}
