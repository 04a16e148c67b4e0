package facteur.console;

import java.util.Optional;

/// A page that only says something. Immutable.
///
/// @param link where to go from here
public record NoticeModel(String title, String text, Optional<Link> link) {
    public record Link(String href, String text) {}
}
