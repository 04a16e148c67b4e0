package facteur.console;

import java.util.List;
import java.util.Optional;

/// One domain of an office, with the records that prove it. Immutable.
///
/// @param name as people know it
/// @param path of this page
/// @param isProved whether there is nothing to be done
/// @param mail a link that writes to the one who looks after the domain
/// @param message what was done just now
public record DomainModel(
        String name,
        String path,
        boolean isProved,
        List<Entry> records,
        List<String> troubles,
        Look look,
        String mail,
        Optional<String> message,
        boolean mayRemove) {
    public DomainModel {
        records = List.copyOf(records);
        troubles = List.copyOf(troubles);
    }

    /// A record to be published.
    ///
    /// @param id of its elements
    /// @param purpose in a few words
    /// @param name as the form of a provider wants it
    /// @param wholeName with the domain
    public record Entry(String id, String purpose, String name, String wholeName, String value, Finding finding) {}

    /// What the DNS says of it.
    ///
    /// @param texts that are there, when they are not the right one
    /// @param cause what has probably happened
    /// @param when it was looked at
    public record Finding(String id, StateWord state, List<String> texts, Optional<String> cause, Optional<String> when) {
        public Finding {
            texts = List.copyOf(texts);
        }
    }

    /// What we look for, and how often. The part of the page that is fetched again and again.
    ///
    /// @param next when we look by ourselves
    /// @param trigger when script looks by itself; empty for never
    /// @param isRepeating whether that can be stopped
    /// @param seen by which the next look knows whether anything is new
    /// @param round how often script has looked
    /// @param said the one sentence for those who listen; empty when nothing is new
    /// @param findings to be put beside their records; none when the page as a whole is shown
    public record Look(
            String path,
            StateWord state,
            String next,
            Optional<String> last,
            String trigger,
            boolean isRepeating,
            String seen,
            int round,
            String said,
            List<Finding> findings) {
        public Look {
            findings = List.copyOf(findings);
        }
    }
}
