package facteur.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/// One thing that goes wrong around a relay for a while, and is right again afterwards.
///
/// @param seconds that it lasts
record Fault(String name, int seconds, Step begin, Step end) {
    /// What brings it about, or ends it.
    interface Step {
        void run() throws IOException, InterruptedException, SQLException;
    }

    /// Draws the next one, of any length that makes sense for it.
    interface Source {
        Fault next(RandomGenerator random);
    }
}
