package facteur.console;

import facteur.mail.message.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A page of the message log. Immutable.
///
/// @param path of the page
/// @param isOfAll whether it has letters of all offices
/// @param address field
/// @param since field
/// @param isFiltered whether some letters are left out
/// @param isFirst whether it has the latest letters
/// @param older address of the next page; empty when there is none
/// @param lookedBackTo no letter since then that fits is missing; empty when none is at all
public record LogModel(
        String path,
        boolean isOfAll,
        TextField address,
        TextField since,
        List<FieldProblem> problems,
        List<Row> rows,
        boolean isFiltered,
        boolean isFirst,
        Optional<String> older,
        Optional<Instant> lookedBackTo) {
    public LogModel {
        problems = List.copyOf(problems);
        rows = List.copyOf(rows);
    }

    /// One letter.
    ///
    /// @param href of its own page
    /// @param office on the page of all
    /// @param client its name, or number
    /// @param state in words
    public record Row(
            String href,
            Instant at,
            String office,
            String kind,
            String client,
            String writer,
            Party from,
            Party replyTo,
            String recipients,
            StateWord state) {}

    /// A mailbox for the eye.
    ///
    /// @param name the address, where it has none
    /// @param address empty where the name says it
    public record Party(String name, String address) {
        /// @param field as it left; may be anything
        static Party of(String field) {
            return Mailbox.parse(field)
                    .filter(mailbox -> !mailbox.name().isEmpty())
                    .map(mailbox -> new Party(mailbox.name(), mailbox.address().toString()))
                    .orElse(new Party(field, ""));
        }
    }
}
