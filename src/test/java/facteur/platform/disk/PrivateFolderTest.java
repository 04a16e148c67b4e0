package facteur.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void putsAFileInPlaceForItsOwnerAlone() throws Exception {
        var folder = new PrivateFolder(temporary.resolve("a/b")).make();
        folder.publish("key", "é\n");
        assertThat(folder.path().resolve("key")).hasContent("é\n");
        assertThat(mode(folder.path())).isEqualTo("rwx------");
        assertThat(mode(folder.path().resolve("key"))).isEqualTo("rw-------");
        folder.publish("key", "other\n");
        assertThat(folder.path()).isDirectoryContaining("glob:**/key");
        assertThat(folder.path().resolve("key")).hasContent("other\n");
        folder.withdraw("key");
        folder.withdraw("key");
        assertThat(folder.path()).isEmptyDirectory();
    }

    @Test
    void aFileThatCantBeWrittenLeavesWhatWasThere() throws Exception {
        var folder = new PrivateFolder(temporary);
        folder.publish("key", "old");
        assertThatThrownBy(() -> folder.place("key", out -> {
            out.write("ne".getBytes(StandardCharsets.US_ASCII));
            throw new IOException("disk full");
        }))
                .hasMessage("disk full");
        assertThat(temporary.resolve("key")).hasContent("old");
        try (var files = Files.list(temporary)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatACrashLeftUnfinishedIsOverwritten() throws Exception {
        var folder = new PrivateFolder(temporary);
        Files.writeString(temporary.resolve("letter.new"), "half of a longer one");
        folder.place("letter", out -> out.write("whole".getBytes(StandardCharsets.US_ASCII)));
        assertThat(temporary.resolve("letter")).hasContent("whole");
        try (var files = Files.list(temporary)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void ofManyThatPutTheSameNameThereOneStays() throws Exception {
        var folder = new PrivateFolder(temporary);
        var text = "x".repeat(100_000);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var published = IntStream.range(0, 20)
                    .mapToObj(writer -> writers.submit(() -> {
                        folder.publish("key", writer + text);
                        return writer;
                    }))
                    .toList();
            for (var each : published) {
                assertThat(each.get()).isNotNegative();
            }
        }
        assertThat(Files.readString(temporary.resolve("key"))).matches("\\d+x+").hasSizeGreaterThan(text.length());
        try (var files = Files.list(temporary)) {
            assertThat(files).hasSize(1);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
