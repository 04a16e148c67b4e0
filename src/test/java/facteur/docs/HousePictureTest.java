package facteur.docs;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The picture in `src/docs/design.md` shows the list that `PackageOrderTest` keeps.
final class HousePictureTest {
    private static final Path PICTURE = Path.of("src", "docs", "house.svg");

    @Test
    void showsTheList() throws IOException {
        var picture = HousePicture.of(House.read());
        if (Boolean.getBoolean("house.rewrite")) {
            Files.writeString(PICTURE, picture);
        }
        assertThat(Files.readString(PICTURE))
                .as("src/docs/house.svg is another house than house.txt; write it again: mvn -q test -Dtest=HousePictureTest -Dhouse.rewrite=true")
                .isEqualTo(picture);
    }
}
