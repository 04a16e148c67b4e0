package facteur.admin;

import facteur.settings.OfficeId;
import java.util.OptionalInt;

/// What the admin port asks of the daemon, which is assembled above this package. Thread-safe.
public interface Steering {
    Health health();

    Status status();

    /// Forgets the settings of all offices.
    ///
    /// @return how many answers went
    int evictAll();

    /// Forgets the settings of one office and its clients.
    ///
    /// @return how many answers went; empty when the source says that there is no such office
    OptionalInt evict(OfficeId office);

    /// Reads the configuration anew.
    Reloaded reload();
}
