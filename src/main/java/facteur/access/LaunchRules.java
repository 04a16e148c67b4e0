package facteur.access;

import java.net.URI;
import java.util.List;

/// What launches are judged by, as it is in force. Immutable.
///
/// @param areOn false: there are no pages to launch anyone into
/// @param url what browsers call the console; tokens must be for exactly this
/// @param embed origins that may show pages in frames
public record LaunchRules(boolean areOn, URI url, FederationSettings federation, List<String> embed) {
    public LaunchRules {
        embed = List.copyOf(embed);
    }

    /// With pages.
    public LaunchRules(URI url, FederationSettings federation, List<String> embed) {
        this(true, url, federation, embed);
    }
}
