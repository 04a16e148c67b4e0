package facteur.web;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is served at one address. Immutable.
///
/// @param routes of those that fit a path, the first counts
/// @param refusals what a browser gets for a path outside of the API
/// @param uploads folder for the files of forms; none are taken without
public record Site(List<Route> routes, Refusals refusals, Optional<Path> uploads) {
    public Site {
        routes = List.copyOf(routes);
    }

    /// Without pages.
    public static Site of(List<Route> routes) {
        return new Site(routes, Refusals.JSON, Optional.empty());
    }
}
