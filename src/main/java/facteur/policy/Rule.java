package facteur.policy;

import java.util.Arrays;
import java.util.List;

/// The rows of the decision tables (`src/docs/design.md#the-rules`), in the order in which they are tried: in each table the
/// first that matches decides. Logs, the message log and tests call them by their ids.
public enum Rule {
    CONTEXT_ADDRESS(Table.REPLY_TO, "context.address", "The context answers as general and has an address of its own: replies go there."),
    CONTEXT_GENERAL(Table.REPLY_TO, "context.general", "The context answers as general: replies go to the company."),
    CONTEXT_SENDER(Table.REPLY_TO, "context.sender", "The context sends replies to the employee who wrote."),
    CONTEXT_ROLE(Table.REPLY_TO, "context.role", "The context sends replies to a role on the client's card."),
    CONTEXT_ROLE_EMPTY(Table.REPLY_TO, "context.role.empty", "The client's card has no one in the context's role: replies go to the company."),
    GENERAL_COMPANY(Table.REPLY_TO, "general.company", "In general replies go to the company."),
    GENERAL_SENDER(Table.REPLY_TO, "general.sender", "In general replies go to the employee who wrote."),
    GENERAL_ROLE(Table.REPLY_TO, "general.role", "In general replies go to a role on the client's card."),
    GENERAL_ROLE_EMPTY(Table.REPLY_TO, "general.role.empty", "The client's card has no one in the general role: replies go to the company."),
    SENDER_UNKNOWN(Table.REPLY_TO, "sender.unknown",
            "Replies would go to the employee who wrote, but it isn't known who that is: they go to the company."),
    FROM_SHARED(Table.FROM, "from.shared", "The office has no From address of its own: the shared address, under the office's name."),
    FROM_OFFICE(Table.FROM, "from.office", "The office's own address: its domain is verified."),
    FROM_FALLBACK(Table.FROM, "from.fallback",
            "The office's own address can't be used, because its domain isn't verified or the letter can't hold it: the shared address.");

    private enum Table {
        REPLY_TO,
        FROM
    }

    private final Table table;
    private final String id;
    private final String sentence;

    Rule(Table table, String id, String sentence) {
        this.table = table;
        this.id = id;
        this.sentence = sentence;
    }

    public String id() {
        return id;
    }

    /// The row as a sentence.
    public String sentence() {
        return sentence;
    }

    /// All rows of its table, in order.
    public List<Rule> rows() {
        return Arrays.stream(values()).filter(other -> other.table == table).toList();
    }

    /// The rows that were tried before this one and didn't match.
    public List<Rule> passedOver() {
        return Arrays.stream(values())
                .filter(other -> other.table == table && other.compareTo(this) < 0)
                .toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
