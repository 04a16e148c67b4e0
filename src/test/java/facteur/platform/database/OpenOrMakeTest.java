package facteur.platform.database;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class OpenOrMakeTest extends OpenOrMakeContract {
    @TempDir
    private Path state;

    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings.InState(state);
    }
}
