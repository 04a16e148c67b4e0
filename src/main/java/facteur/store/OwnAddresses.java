package facteur.store;

import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.database.Statements;
import facteur.settings.OddSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table `own_address`: which addresses are offices' own, as companies or as From. An address that two offices have is
/// probably a mistake.
final class OwnAddresses {
    private static final String OTHERS = "select 1 from own_address where address = ? and office <> ?";
    private static final String DELETE = "delete from own_address where office = ?";
    private static final String INSERT = "insert into own_address (address, office) values (?, ?) on conflict (address, office) do nothing";

    private OwnAddresses() {}

    /// Those that another office has, too. Which one is no business of this one.
    static List<String> shared(Statements statements, OfficeSettings office) throws SQLException {
        var shared = new ArrayList<String>();
        for (var address : of(office)) {
            if (statements.first(OTHERS, row -> 1, address, office.id().text()).isPresent()) {
                shared.add(address);
            }
        }
        return shared;
    }

    static void replace(Statements statements, OfficeSettings office) throws SQLException {
        remove(statements, office.id());
        for (var address : of(office)) {
            statements.update(INSERT, address, office.id().text());
        }
    }

    static void remove(Statements statements, OfficeId office) throws SQLException {
        statements.update(DELETE, office.text());
    }

    private static List<String> of(OfficeSettings office) {
        return OddSettings.ownMailboxes(office).stream()
                .map(mailbox -> mailbox.address().toString().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
