package facteur.store;

import facteur.office.Roles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Cards, one per line, in a file that its owner alone can read: it is read twice, and never held as a whole. One thread.
sealed interface CardBody extends AutoCloseable permits JsonLinesBody, CsvBody {
    /// Characters or octets that a line may have; a cell, too.
    int LONGEST_LINE = 65_536;

    static CardBody open(Path file, CardImport.Format format, String origin, Roles roles) throws IOException {
        var reader = new CardInputReader(roles);
        return switch (format) {
            case NDJSON -> new JsonLinesBody(file, origin, reader);
            case CSV -> new CsvBody(file, origin, reader);
        };
    }

    /// The next line that isn't blank; empty at the end.
    Optional<CardLine> next() throws IOException;

    @Override
    void close() throws IOException;
}
