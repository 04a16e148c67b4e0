package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvCellsTest {
    @TempDir
    Path folder;

    @Test
    void showsTheCellsOfTheLinesAskedFor() throws IOException {
        var cells = CsvCells.read(file("\uFEFFRelation;Partner\nR-1;an@d.example\n\nR-2;jan@\nR-3\n"), Set.of(4, 5));
        assertThat(cells.separator()).isEqualTo(';');
        assertThat(cells.names()).containsExactly("relation", "partner");
        assertThat(cells.lines()).containsOnlyKeys(4, 5);
        assertThat(cells.cell(4, "partner")).contains("jan@");
        assertThat(cells.count(4)).isEqualTo(2);
        assertThat(cells.cell(5, "partner")).isEmpty();
        assertThat(cells.cell(4, "senior")).isEmpty();
        assertThat(cells.cell(2, "partner")).as("not asked for").isEmpty();
    }

    @Test
    void endsWhereTheTextCanNotBeRead() throws IOException {
        assertThat(CsvCells.read(file("relation\n\"R-1\" x\n"), Set.of(2)).lines()).isEmpty();
        var latin = Files.write(folder.resolve("latin"), new byte[] {'r', (byte) 0xE9, '\n'});
        assertThat(CsvCells.read(latin, Set.of(1)).names()).isEmpty();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("body.csv"), text);
    }
}
