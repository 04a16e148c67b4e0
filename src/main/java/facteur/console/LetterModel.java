package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One letter of the message log. Without its subject, and without what it says. Immutable.
///
/// @param back address of the log
/// @param office its id, on the page of all offices; empty on an office's own
/// @param said what the letter said of itself
/// @param life in order of time
/// @param from why it has its sender
/// @param replyTo why replies go where they go
/// @param versions of what decided
/// @param today what it would get now; empty for a letter that no app sent
public record LetterModel(
        String id,
        boolean isOfAll,
        String back,
        Optional<String> office,
        Instant at,
        StateWord state,
        List<Fact> said,
        List<Step> life,
        Why from,
        Why replyTo,
        List<VersionLink> versions,
        Optional<Today> today) {
    public LetterModel {
        said = List.copyOf(said);
        life = List.copyOf(life);
        versions = List.copyOf(versions);
    }

    /// @param name what it is
    public record Fact(String name, String value) {}

    /// @param at empty for what is now
    /// @param plain why, in plain words; may be empty
    /// @param host which server, and by which TLS
    /// @param reply in the server's own words
    public record Step(Optional<Instant> at, StateWord what, String plain, String host, String reply) {}

    /// @param written as it left; empty when that isn't known
    /// @param rule its id
    /// @param sentence why, to be read after *because*
    /// @param passed rules that were looked at before, and did not fit
    public record Why(String written, String rule, String sentence, List<Passed> passed) {
        public Why {
            passed = List.copyOf(passed);
        }
    }

    /// @param sentence what was not so
    public record Passed(String rule, String sentence) {}

    /// @param text such as *settings, version 42*
    /// @param href of that version; empty when it isn't kept here
    /// @param change what has happened since; empty when nothing has
    public record VersionLink(String text, Optional<String> href, Optional<String> change) {}

    /// What it would get today.
    ///
    /// @param refused why it would be refused, or can't be told; the rest is empty then
    /// @param isSame whether sender and reply address would be those that it got
    /// @param tryIt address of the page that goes through all the rules
    public record Today(
            Optional<String> refused, boolean isSame, String from, String fromWhy, String replyTo, String replyToWhy, Optional<String> tryIt) {
        static Today refused(String why) {
            return new Today(Optional.of(why), false, "", "", "", "", Optional.empty());
        }
    }
}
