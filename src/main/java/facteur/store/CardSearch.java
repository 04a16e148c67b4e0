package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Role;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds the cards of an office that fit a [CardFilter]. The database is asked for those that may fit, by a pattern of plain letters and
/// digits with wildcards for the rest; whether they do is judged here, without regard to case and to how accents are written, in
/// any database the same. Immutable.
final class CardSearch {
    private static final int STRETCH = 500;
    private static final String ANY = "%";

    /// Of a text, how much is asked for.
    private static final int LONGEST = 100;

    private static final String SELECT = "select " + CardRow.COLUMNS + " from card where office = ? and relation > ?"
            + " and (lower(relation) like ? or lower(name) like ? or lower(people) like ?) and lower(people) like ? and people not like ?"
            + " order by relation limit " + STRETCH;

    private final CardFilter filter;
    private final Predicate<CardRow> fits;
    private final Optional<Address> person;

    CardSearch(CardFilter filter) {
        this.filter = filter;
        this.person = filter.person().flatMap(Address::parse);
        this.fits = fits(filter, person);
    }

    private static Predicate<CardRow> fits(CardFilter filter, Optional<Address> person) {
        Predicate<CardRow> fits = _ -> true;
        if (filter.text().isPresent()) {
            var text = folded(filter.text().get().strip());
            fits = fits.and(row -> folded(row.relation().text()).contains(text)
                    || folded(row.text().name()).contains(text)
                    || people(row).anyMatch(mailbox -> folded(mailbox.toString()).contains(text)));
        }
        if (filter.person().isPresent()) {
            fits = fits.and(row -> person.isPresent()
                    && people(row).anyMatch(mailbox -> mailbox.address().isSameMailbox(person.get())));
        }
        return fits;
    }

    private static Stream<Mailbox> people(CardRow row) {
        return row.text().mailboxes().values().stream().flatMap(List::stream);
    }

    /// In the order of their ids.
    ///
    /// @param after the id of the last one before; empty for the first
    List<CardRow> page(Statements statements, OfficeId office, String after, int limit) throws SQLException {
        var found = new ArrayList<CardRow>();
        for (var rows = stretch(statements, office, after); !rows.isEmpty(); rows = stretch(statements, office, rows.getLast().relation().text())) {
            for (var row : rows) {
                if (fits.test(row)) {
                    found.add(row);
                    if (found.size() == limit) {
                        return found;
                    }
                }
            }
            if (rows.size() < STRETCH) {
                break;
            }
        }
        return found;
    }

    private List<CardRow> stretch(Statements statements, OfficeId office, String after) throws SQLException {
        var text = filter.text().map(CardSearch::pattern).orElse(ANY);
        return statements.list(
                SELECT,
                CardRow::of,
                office.text(),
                after,
                text,
                text,
                text,
                // The part before the at sign: domains are written in two ways.
                person.map(address -> pattern(address.localPart())).orElse(ANY),
                filter.emptyRole().map(CardSearch::naming).orElse(""));
    }

    /// Fits the people of a card that names any in the role: a quote within a value has a backslash before it.
    static String naming(Role role) {
        return "%\"" + role.name() + "\":[%";
    }

    /// Fits at least what holds the text. Nothing that has a meaning in a pattern, or is written differently in JSON, is left of it.
    private static String pattern(String text) {
        var pattern = new StringBuilder(ANY);
        Normalizer.normalize(text.strip(), Normalizer.Form.NFC).chars().limit(LONGEST).forEach(c -> {
            if (isPlain(c)) {
                pattern.append((char) c);
            } else if (c >= 'A' && c <= 'Z') {
                pattern.append((char) (c | 0x20));
            } else if (pattern.charAt(pattern.length() - 1) != '%') {
                pattern.append('%');
            }
        });
        return pattern.append(ANY).toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '@' || c == '.' || c == '-';
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
