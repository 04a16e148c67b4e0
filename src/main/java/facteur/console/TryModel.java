package facteur.console;

import java.util.List;
import java.util.Optional;

/// One message, described or pasted, and what it would get. Immutable.
///
/// @param kinds that are set on their own
/// @param clients some of them
/// @param writers people who may write
/// @param header as pasted
/// @param result empty before anything was tried
public record TryModel(
        TextField kind,
        TextField client,
        TextField writer,
        List<String> kinds,
        List<String> clients,
        List<String> writers,
        String header,
        Optional<Result> result) {
    public TryModel {
        kinds = List.copyOf(kinds);
        clients = List.copyOf(clients);
        writers = List.copyOf(writers);
    }

    /// @param refused why it would be refused, or can't be told; the rest but what is known of it is empty then
    /// @param reply the words of a refusal, as the app gets them
    /// @param about the message, as it was understood
    /// @param tables of rules
    /// @param versions of what decided
    /// @param command that gives the same
    public record Result(
            String refused, String reply, String about, Optional<Answers> answers, List<Table> tables, List<Version> versions, String command) {
        public Result {
            tables = List.copyOf(tables);
            versions = List.copyOf(versions);
        }
    }

    /// @param fromWhy to be read after *because*
    /// @param replyWhy to be read after *because*
    /// @param seen a sentence on what clients see instead of whom replies reach; empty when they see these
    public record Answers(String from, String fromWhy, String replyTo, String replyWhy, String seen) {}

    public record Table(String title, List<Step> steps) {
        public Table {
            steps = List.copyOf(steps);
        }
    }

    /// @param rule its id
    /// @param says what it says
    /// @param what came of it
    /// @param why it did not fit; empty for others
    public record Step(String rule, String says, StateWord what, String why) {}

    /// @param href empty when it isn't kept here
    public record Version(String text, Optional<String> href) {}
}
