package facteur.policy;

/// The rows of the decision tables (design §2.1 and §2.2). The id is what logs, the message log and tests call them.
public enum Rule {
    CONTEXT_ADDRESS("context.address", "The context answers as general and has an address of its own: replies go there."),
    CONTEXT_GENERAL("context.general", "The context answers as general: replies go to the own company."),
    CONTEXT_SENDER("context.sender", "The context sends replies to the employee who wrote."),
    CONTEXT_ROLE("context.role", "The context sends replies to a role on the client's card."),
    CONTEXT_ROLE_EMPTY("context.role.empty", "Nobody has the context's role on the client's card: the own company gets the reply."),
    GENERAL_COMPANY("general.company", "In general replies go to the own company."),
    GENERAL_SENDER("general.sender", "In general replies go to the employee who wrote."),
    GENERAL_ROLE("general.role", "In general replies go to a role on the client's card."),
    GENERAL_ROLE_EMPTY("general.role.empty", "Nobody has the general role on the client's card: the own company gets the reply."),
    SENDER_UNKNOWN("sender.unknown", "Replies would go to the employee who wrote, but who that is can't be told: the own company gets them."),
    FROM_SHARED("from.shared", "The office has no address of its own as From: the shared address, under the office's name."),
    FROM_OFFICE("from.office", "The office's own address: its domain is verified."),
    FROM_FALLBACK("from.fallback", "The office's own address can't be used, its domain isn't verified or the letter can't hold it: the shared address.");

    private final String id;
    private final String sentence;

    Rule(String id, String sentence) {
        this.id = id;
        this.sentence = sentence;
    }

    public String id() {
        return id;
    }

    /// What the row says, for people.
    public String sentence() {
        return sentence;
    }

    @Override
    public String toString() {
        return id;
    }
}
