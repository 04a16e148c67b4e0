package facteur.console;

import java.util.List;

/// Asks whether a domain is to be removed. Immutable.
///
/// @param path of the domain's page
/// @param letters that leave under the domain; none when nothing changes for clients
/// @param others how the same letters leave without it
public record RemoveDomainModel(String name, String path, List<Letter> letters, String others) {
    public RemoveDomainModel {
        letters = List.copyOf(letters);
    }

    /// @param kind of letters
    /// @param now its From
    /// @param then what becomes of it
    public record Letter(String kind, String now, String then) {}
}
