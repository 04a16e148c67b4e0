package facteur.platform.database;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.util.OSInfo;

/// The native library of the SQLite driver. The program has it beside its jars, for the system that it was packed for: then
/// nothing is unpacked, which needs time, and room on the disk. Otherwise the driver unpacks it, at each start.
final class DriverLibrary {
    private static final String PLACE = "org.sqlite.lib.path";
    private static final String UNPACKED = "org.sqlite.tmpdir";
    private static final String BESIDE_JARS = "lib/native/org/sqlite/native";

    private DriverLibrary() {}

    /// Whether it lies beside the program; if so, the driver is pointed to it.
    static boolean isPacked() {
        var home = System.getProperty("facteur.home");
        if (home == null || System.getProperty(PLACE) != null) {
            return System.getProperty(PLACE) != null;
        }
        var folder = Path.of(home, BESIDE_JARS).resolve(OSInfo.getNativeLibFolderPathForCurrentOS());
        var isThere = Files.isReadable(folder.resolve(System.mapLibraryName("sqlitejdbc")));
        if (isThere) {
            System.setProperty(PLACE, folder.toString());
        }
        return isThere;
    }

    /// The usual place, for temporary files, may forbid running what it holds.
    static void unpackInto(Path folder) {
        if (System.getProperty(UNPACKED) == null) {
            System.setProperty(UNPACKED, folder.toString());
        }
    }
}
