package facteur.web;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What is served at one address. Of routes that fit a path, the first counts.
///
/// @param api routes for programs, and for probes
/// @param pages routes for people, and what pages need
/// @param arePagesOn while they aren't, there is no path of theirs, and a refusal is JSON
/// @param refusals what a browser gets for a path outside of the API
/// @param uploads folder for the files of forms; none are taken without
public record Site(List<Route> api, List<Route> pages, BooleanSupplier arePagesOn, Refusals refusals, Optional<Path> uploads) {
    public Site {
        api = List.copyOf(api);
        pages = List.copyOf(pages);
    }

    /// Without pages.
    public static Site of(List<Route> api) {
        return new Site(api, List.of(), () -> false, Refusals.JSON, Optional.empty());
    }
}
