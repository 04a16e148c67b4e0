package facteur.settings;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import facteur.mail.message.Mailbox;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the relation cards of an office as the CSV that [RelationsCsv] reads: a column for each role, in the order in which
/// they are configured. For one thread.
public final class RelationsCsvWriter implements AutoCloseable {
    /// What it is written for.
    public enum Reader {
        /// Exact: what is read is what was written.
        PROGRAM,
        /// Marked as UTF-8, and no cell is a formula (CWE-1236): one that begins as such gets a `'` in front, which a person
        /// may have to take away again.
        SPREADSHEET
    }

    /// Whether there is a column for the clients' names.
    public enum NameColumn {
        PRESENT,
        ABSENT;

        /// Only where a card has one.
        public static NameColumn of(Stream<RelationCard> cards) {
            return cards.anyMatch(card -> !card.name().isEmpty()) ? PRESENT : ABSENT;
        }
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// Spreadsheets of East Asia take the wide forms, too.
    private static final String FORMULA_STARTS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private final CsvWriter csv;
    private final Roles roles;
    private final Reader reader;
    private final NameColumn names;

    /// Writes the line of names.
    ///
    /// @param out is closed with this
    public RelationsCsvWriter(Writer out, Roles roles, NameColumn names, Reader reader) throws IOException {
        this.roles = roles;
        this.reader = reader;
        this.names = names;
        this.csv = CsvWriter.builder()
                .lineDelimiter(
                        switch (reader) {
                            case PROGRAM -> LineDelimiter.LF;
                            case SPREADSHEET -> LineDelimiter.CRLF;
                        })
                .build(out);
        if (reader == Reader.SPREADSHEET) {
            out.write(BYTE_ORDER_MARK);
        }
        var line = new ArrayList<String>();
        line.add(CsvColumns.RELATION);
        if (names == NameColumn.PRESENT) {
            line.add(CsvColumns.NAME);
        }
        line.addAll(roles.names());
        csv.writeRecord(line);
    }

    public void write(RelationId relation, RelationCard card) {
        var line = new ArrayList<String>();
        line.add(cell(relation.text()));
        if (names == NameColumn.PRESENT) {
            line.add(cell(card.name()));
        }
        for (var role : roles.list()) {
            line.add(cell(card.people(role).stream().map(Mailbox::written).collect(Collectors.joining(", "))));
        }
        csv.writeRecord(line);
    }

    private String cell(String text) {
        return reader == Reader.SPREADSHEET && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
