package facteur.spool;

import facteur.mail.smtp.Address;
import facteur.platform.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Addresses of offices' clients that don't work. Which offices have any is remembered, so that a letter of one that has none costs
/// nothing; what other nodes add is known after the next [#run], which is to be every half minute.
///
/// Thread-safe; blocks for the database.
public final class BadAddresses implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BadAddresses.class);

    private final Database database;
    private final Set<String> offices = ConcurrentHashMap.newKeySet();
    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    public BadAddresses(Database database) {
        this.database = database;
    }

    /// Learns which offices have any.
    @Override
    public void run() {
        try {
            learn(() -> database.reading(BadAddressRows::offices));
        } catch (SQLException failure) {
            // The spool in the same database reports that it is away.
            LOG.debug("bad addresses can't be read now: {}", failure.getMessage());
        }
    }

    /// Looks which offices have any.
    @FunctionalInterface
    interface Look {
        Set<String> find() throws SQLException;
    }

    void learn(Look look) throws SQLException {
        noted.clear();
        var found = look.find();
        offices.addAll(found);
        // One that was noted meanwhile may have come too late for the look.
        offices.removeIf(office -> !found.contains(office) && !noted.contains(office));
    }

    /// To be called when its first address is in the table.
    void noteOffice(String office) {
        noted.add(office);
        offices.add(office);
    }

    /// Those of some addresses that don't work, in their order.
    public List<BadAddress> among(String office, List<Address> addresses) throws SpoolException {
        return offices.contains(office) ? find(office, addresses) : List.of();
    }

    /// The same, also of what another part of the program added a moment ago.
    public List<BadAddress> find(String office, List<Address> addresses) throws SpoolException {
        return read(statements -> {
            var found = new ArrayList<BadAddress>();
            for (var address : addresses) {
                BadAddressRows.one(statements, office, address).ifPresent(found::add);
            }
            return found;
        });
    }

    /// Whether one of them is that address.
    public static boolean isOf(BadAddress bad, Address address) {
        return bad.address().equals(BadAddressRows.key(address));
    }

    /// Some of an office's, in order of their text.
    ///
    /// @param after the last of the page before; empty: from the first on
    public List<BadAddress> page(String office, Optional<String> after, int limit) throws SpoolException {
        return read(statements -> BadAddressRows.page(statements, office, after.orElse(""), limit));
    }

    /// Takes an address off an office's list: letters go there as before.
    ///
    /// @return whether it was there
    public boolean forget(String office, Address address) throws SpoolException {
        try {
            return database.inTransaction(statements -> BadAddressRows.remove(statements, office, address));
        } catch (SQLException failure) {
            throw new SpoolException("not written: " + failure.getMessage(), failure);
        }
    }

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }
}
