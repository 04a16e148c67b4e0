package facteur.console;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One thing among the mail settings of an office. Two people who change different ones don't get in each other's way.
///
/// @param kind of messages, as [facteur.office.ContextName] has it; empty for all of them
record MailPoint(String kind, Part part) {
    static final MailPoint COMPANY_NAME = new MailPoint("", Part.COMPANY_NAME);
    static final MailPoint COMPANY_ADDRESS = new MailPoint("", Part.COMPANY_ADDRESS);
    static final MailPoint FROM = new MailPoint("", Part.FROM);
    static final MailPoint FROM_NAME = new MailPoint("", Part.FROM_NAME);
    static final MailPoint UNVERIFIED = new MailPoint("", Part.UNVERIFIED);
    static final MailPoint REPLY = new MailPoint("", Part.REPLY);
    static final MailPoint REPLIES = new MailPoint("", Part.REPLIES);
    static final MailPoint TELL = new MailPoint("", Part.TELL);
    static final MailPoint KNOWN_BAD = new MailPoint("", Part.KNOWN_BAD);
    static final MailPoint AUTO_REPLIES = new MailPoint("", Part.AUTO_REPLIES);
    static final MailPoint NOTICE_LANGUAGE = new MailPoint("", Part.NOTICE_LANGUAGE);
    static final MailPoint SANDBOX = new MailPoint("", Part.SANDBOX);

    /// What it is about, and which value it has.
    enum Part {
        COMPANY_NAME,
        COMPANY_ADDRESS,
        /// An address; empty for the one that stands above: the shared one, or the general one for a kind.
        FROM,
        /// Empty for the company's.
        FROM_NAME,
        /// A word of [facteur.office.WhenUnverified].
        UNVERIFIED,
        /// A word of the settings; of a kind, `general` and an address where one counts, or empty when it is as in general.
        REPLY,
        /// Of a kind: an address that is stored and doesn't count.
        IGNORED,
        /// A word of [facteur.office.Replies]; of a kind, empty when it is as in general.
        REPLIES,
        /// A word of [facteur.office.BounceReaders]. This and those below are empty where the office says nothing of its own.
        TELL,
        /// A word of [facteur.office.KnownBad].
        KNOWN_BAD,
        /// A word of [facteur.office.AutoReplies].
        AUTO_REPLIES,
        /// A word of [facteur.mail.automatic.Language].
        NOTICE_LANGUAGE,
        SANDBOX,
        /// Of a kind: whether the settings name it.
        LISTED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    MailPoint of(Part other) {
        return new MailPoint(kind, other);
    }

    boolean is(Part other) {
        return part == other;
    }

    /// In a field of a form.
    String key() {
        return part.word() + ":" + kind;
    }

    static Optional<MailPoint> parse(String key) {
        var colon = key.indexOf(':');
        return Stream.of(Part.values())
                .filter(part -> colon > 0 && part.word().equals(key.substring(0, colon)))
                .map(part -> new MailPoint(key.substring(colon + 1), part))
                .findFirst();
    }
}
