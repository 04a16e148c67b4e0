package facteur.console;

import java.util.List;

/// The records of a domain on paper. Immutable.
///
/// @param path of the domain's page
public record PrintModel(String name, String path, List<DomainModel.Entry> records) {
    public PrintModel {
        records = List.copyOf(records);
    }
}
