package facteur.admin;

import facteur.app.Network;
import facteur.office.OfficeId;
import java.util.List;

/// What the admin port asks of the daemon, which is assembled above this package. Thread-safe.
public interface DaemonControl {
    Health health();

    Status status();

    /// Forgets the settings of all offices.
    ///
    /// @return how many answers went
    int evictAll();

    /// Forgets the settings of one office and its clients, and asks for them again.
    EvictResult evict(OfficeId office);

    /// An operator has steered.
    ///
    /// @param operator as far as it is known
    /// @param command what was asked for
    void acted(String operator, String command);

    /// Ends the rest of an upstream that is down.
    ///
    /// @param upstream its name
    WakeResult wake(String upstream);

    /// Lets addresses log in again that have failed too often.
    ///
    /// @return those that couldn't, as events name them
    List<String> unlock(Network network);

    /// Reads the configuration anew.
    ReloadResult reload();
}
