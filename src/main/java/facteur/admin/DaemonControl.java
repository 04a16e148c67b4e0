package facteur.admin;

import facteur.app.Network;
import facteur.office.OfficeId;
import java.util.List;

/// What the admin port needs of the daemon. Thread-safe.
public interface DaemonControl {
    Health health();

    Status status();

    /// Evicts the settings of all offices from the cache.
    ///
    /// @return the number of entries
    int evictAll();

    /// Evicts the settings of one office and its relations, and looks them up again.
    EvictResult evict(OfficeId office);

    /// Records a command of an operator.
    ///
    /// @param operator as far as it is known
    /// @param command method and path
    void acted(String operator, String command);

    /// Makes an upstream that is down be tried with the next letter.
    ///
    /// @param upstream its name
    WakeResult wake(String upstream);

    /// Lets addresses log in again that were locked out.
    ///
    /// @return those that were locked out, as events name them
    List<String> unlock(Network network);

    /// Reloads the configuration.
    ReloadResult reload();
}
