package facteur.console;

import java.util.List;
import java.util.Optional;

/// What stands around each page. Immutable.
///
/// @param office whose settings these are; empty on pages that are about none
/// @param navigation pages beside this one; none for a stranger
/// @param holder who has signed in
/// @param help where the link *Help* leads
/// @param back where the suite wants its person back
/// @param self the path of this page with its query: a change of language comes back to it
/// @param sessionEnds in so many seconds; 0 for a stranger
public record Frame(
        Optional<String> office,
        boolean asOperator,
        List<Section> navigation,
        Optional<String> holder,
        String help,
        Optional<String> back,
        String self,
        long sessionEnds) {
    /// A list of links with a name for screen readers.
    public record Section(String name, List<Link> links) {
        public Section {
            links = List.copyOf(links);
        }
    }

    /// @param key of its text, and how a page says that it is the one shown
    public record Link(String key, String href) {}

    public Frame {
        navigation = List.copyOf(navigation);
    }
}
