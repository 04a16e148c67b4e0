package facteur.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page of mail settings. Immutable.
///
/// @param path of the page
/// @param use what may be done with it
/// @param sentences why no more may be done, and what is wrong with the settings as a whole
/// @param unsaved what the page shows that isn't saved yet; empty when all of it is
/// @param warnings that stand beside no field
/// @param replyAddress what Reply-To says; none where the relay passes no replies on
/// @param seen kinds that letters had and the settings haven't
/// @param returns what is done with what comes back; none where the relay doesn't take it in
public record MailModel(
        String path,
        String office,
        Use use,
        Optional<Saving> last,
        Optional<Done> done,
        List<String> sentences,
        String unsaved,
        List<FieldProblem> problems,
        List<String> warnings,
        long version,
        Input companyName,
        Input companyAddress,
        List<Choice> from,
        List<Choice> unverified,
        List<Choice> replies,
        List<Choice> replyAddress,
        Optional<Hint> strangers,
        List<Kind> kinds,
        Input add,
        List<Seen> seen,
        List<Select> returns,
        Optional<Sandbox> sandbox,
        String note,
        Preview preview,
        Optional<Replay> replay) {
    /// What a visitor may do with the page.
    public enum Use {
        SAVE,
        /// Change fields and see what that would do.
        TRY,
        LOOK
    }

    /// Who saved last.
    ///
    /// @param history where all versions are
    public record Saving(long version, String author, Instant at, String history) {}

    /// What has just been done.
    ///
    /// @param undo the version that can be taken back; 0 when none
    public record Done(String text, long undo) {}

    /// Something that was counted.
    ///
    /// @param href where more of it is
    public record Hint(String text, String href) {}

    /// A field with all that stands around it.
    ///
    /// @param warning what is allowed and probably a mistake
    public record Input(TextField field, boolean isAddress, Optional<String> warning, Optional<State> state) {
        public String id() {
            return field.id();
        }

        /// The ids of what describes it: hint and problem first.
        public String describedBy() {
            return Stream.of(
                    Stream.of(field.describedBy()),
                    warning.map(_ -> id() + "-warning").stream(),
                    state.map(State::id).stream())
                    .flatMap(Function.identity())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

    /// What is known of a sender address.
    ///
    /// @param shape `ok`, `warn` or `bad`
    public record State(String id, String shape, String text, Optional<NoticeModel.Link> link) {}

    /// One of several that exclude each other.
    ///
    /// @param under fields that only count with this choice
    public record Choice(
            String id,
            String name,
            String value,
            String label,
            String note,
            boolean isWarning,
            boolean isChosen,
            Optional<String> problem,
            List<Input> under) {
        public Choice {
            under = List.copyOf(under);
        }

        /// The ids of what describes it.
        public String describedBy() {
            return ((problem.isPresent() ? id + "-problem " : "") + (note.isEmpty() ? "" : id + "-note")).strip();
        }
    }

    /// A kind of messages.
    ///
    /// @param id of its element
    /// @param summary of what is chosen
    /// @param ignored an address that is stored and doesn't count
    /// @param isNew whether it has just been added
    public record Kind(
            String id,
            String name,
            String label,
            String summary,
            boolean isOpen,
            boolean isNew,
            boolean isRemovable,
            String ignoredField,
            String ignored,
            List<Choice> replies,
            Optional<Select> replyAddress,
            List<Choice> from) {
        public Kind {
            replies = List.copyOf(replies);
            from = List.copyOf(from);
        }
    }

    /// One of a list.
    public record Select(String id, String label, List<Option> options, String chosen, Optional<String> problem) {
        public Select {
            options = List.copyOf(options);
        }
    }

    /// A kind that letters had.
    public record Seen(String name, int letters) {}

    /// Whether messages are set aside.
    ///
    /// @param mayChange operators alone
    public record Sandbox(boolean isOn, boolean mayChange) {}

    /// What clients see.
    ///
    /// @param clients for the list of the field
    /// @param states of sender addresses as they are typed
    /// @param changed a sentence that counts what changes; empty when nothing is tried
    /// @param problem why there is nothing to be seen; empty when there is
    /// @param note on the client that was typed
    public record Preview(
            String client, List<Option> clients, String writer, List<Option> writers, List<Letter> letters, List<State> states, String changed,
            String problem, String note) {
        public Preview {
            clients = List.copyOf(clients);
            writers = List.copyOf(writers);
            letters = List.copyOf(letters);
            states = List.copyOf(states);
        }
    }

    /// Why there is no example to be seen.
    ///
    /// @param states of sender addresses as they are typed
    public record Wrong(String problem, List<State> states) {
        public Wrong {
            states = List.copyOf(states);
        }
    }

    /// Of a list to choose from.
    public record Option(String value, String label) {}

    /// One letter, as it is and as it would be.
    ///
    /// @param seen what Reply-To says, where that isn't whom replies reach
    /// @param refusedNow why it would be refused; empty when it isn't
    /// @param link to what would help
    public record Letter(
            String id,
            String kind,
            boolean isChanged,
            Row from,
            Row replies,
            Optional<Row> seen,
            String refusedNow,
            String refused,
            List<String> because,
            Optional<NoticeModel.Link> link) {
        public Letter {
            because = List.copyOf(because);
        }

        Letter withoutLink() {
            return new Letter(id, kind, isChanged, from, replies, seen, refusedNow, refused, because, Optional.empty());
        }
    }

    /// A field of the header.
    ///
    /// @param now empty when it is unknown or nothing would change
    public record Row(List<Person> now, List<Person> then) {
        public Row {
            now = List.copyOf(now);
            then = List.copyOf(then);
        }

        public boolean isChanged() {
            return !now.isEmpty() && !now.equals(then);
        }
    }

    /// Who is written in a field of the header.
    public record Person(String name, String address) {}

    /// A change tried on past letters.
    ///
    /// @param result a sentence
    public record Replay(String result, List<String> notes, List<Group> groups) {
        public Replay {
            notes = List.copyOf(notes);
            groups = List.copyOf(groups);
        }
    }

    /// Past letters that change alike.
    public record Group(String title, List<String> lines, List<Example> examples) {
        public Group {
            lines = List.copyOf(lines);
            examples = List.copyOf(examples);
        }
    }

    /// A letter to be looked at.
    public record Example(String href, Instant at) {}

    public MailModel {
        sentences = List.copyOf(sentences);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        from = List.copyOf(from);
        unverified = List.copyOf(unverified);
        replies = List.copyOf(replies);
        replyAddress = List.copyOf(replyAddress);
        returns = List.copyOf(returns);
        kinds = List.copyOf(kinds);
        seen = List.copyOf(seen);
    }

    public boolean maySave() {
        return use == Use.SAVE;
    }

    public boolean mayTry() {
        return use != Use.LOOK;
    }
}
