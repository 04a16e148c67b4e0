package facteur.settings;

/// Words that programs know a problem or a warning of an office's settings by, beside those of
/// [facteur.platform.config.ProblemCode]. They are part of the API and stay.
public final class SettingsCode {
    public static final String ADDRESS_INVALID = "address.invalid";
    public static final String ADDRESS_MISSING = "address.missing";

    /// A part before `@` that not every letter can name.
    public static final String ADDRESS_ASCII = "address.ascii";

    /// A warning: letters leave under the bare address.
    public static final String COMPANY_NAME_MISSING = "company.name.missing";

    public static final String FROM_FREEMAIL = "from.freemail";
    public static final String FROM_RELAY = "from.relay";

    /// A warning: an address that letters can't leave under, or not for long.
    public static final String FROM_DOMAIN = "from.domain";

    /// Kinds are contexts; this is the word that people of an office read.
    public static final String KIND_MISSING = "kind.missing";

    public static final String KIND_NAME = "kind.name";
    public static final String KIND_TWICE = "kind.twice";

    /// A warning: the address of a context that answers elsewhere.
    public static final String KIND_ADDRESS_IGNORED = "kind.address.ignored";

    /// A warning: no letter of some apps can name it.
    public static final String KIND_UNSENDABLE = "kind.unsendable";

    /// A warning: what an office wants done with what comes back has no effect, since letters have no return addresses.
    public static final String RETURNS_OFF = "returns.off";

    /// A warning: `late` has no effect, since the relay has no domain for replies.
    public static final String REPLIES_OFF = "replies.off";

    public static final String RELATION_INVALID = "relation.invalid";
    public static final String RELATION_TWICE = "relation.twice";

    /// A warning: no letter of some apps can name it.
    public static final String RELATION_UNSENDABLE = "relation.unsendable";

    /// A warning: letters of several scripts, which may be look-alikes.
    public static final String NAME_STRANGE = "name.strange";

    /// A warning.
    public static final String ADDRESS_OTHER_OFFICE = "address.other-office";

    /// A warning: replies go to an address at none of the office's domains.
    public static final String ADDRESS_STRANGER = "address.stranger";

    /// A warning: at none of the office's domains.
    public static final String PERSON_STRANGER = "person.stranger";

    /// A warning.
    public static final String PERSON_TWICE = "person.twice";

    /// A warning: more people than replies go to.
    public static final String PERSON_FIVE = "person.five";

    private SettingsCode() {}
}
