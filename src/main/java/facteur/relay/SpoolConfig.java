package facteur.relay;

import facteur.platform.config.DataSize;
import facteur.platform.config.Section;
import facteur.platform.database.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;

/// Where letters are stored, and for how long. Immutable.
///
/// @param database of the queue, the history and the claims on domains
/// @param floorBytes free space on the state's disk below which no letter is accepted
/// @param historyKeep how long a letter is remembered after its end
public record SpoolConfig(DatabaseSettings database, long floorBytes, Duration historyKeep) {
    private static final DataSize LOWEST_FLOOR = DataSize.ofMegabytes(16);

    static SpoolConfig from(Section root, Path state) {
        var spool = root.section("spool");
        return new SpoolConfig(
                DatabaseSettings.from(spool, state),
                spool.value("free-space", SpoolConfig::floor).orElse(DataSize.ofMegabytes(100)).bytes(),
                root.section("history").duration("keep", Duration.ofDays(30)));
    }

    private static DataSize floor(String text) {
        var size = DataSize.parse(text);
        if (size.bytes() < LOWEST_FLOOR.bytes()) {
            throw new IllegalArgumentException("must be " + LOWEST_FLOOR + " at least: the database's log grows to that before its room is"
                    + " used again, and with less a queue that filled the disk could not leave");
        }
        return size;
    }
}
