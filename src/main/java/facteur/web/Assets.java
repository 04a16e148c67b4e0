package facteur.web;

import java.util.List;

/// Files that pages need, from the class path, under names that change with their content, so that browsers keep them for ever.
/// Immutable.
public final class Assets {
    /// @param name by which pages ask for it: `console.css`
    /// @param resource on the class path; packed already where one of the same name and `.gz` is beside it
    public record Source(String name, String resource) {}

    /// @throws IllegalStateException when one isn't there
    public static Assets load(ClassLoader classPath, List<Source> sources) {
        throw new UnsupportedOperationException();
    }

    /// Where it is: `/a/console.3f2a….css`.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public String path(String name) {
        throw new UnsupportedOperationException(name);
    }

    /// `GET /a/{file}`.
    public Route route() {
        throw new UnsupportedOperationException();
    }
}
