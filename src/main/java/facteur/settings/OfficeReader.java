package facteur.settings;

import facteur.mail.automatic.Language;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.AutoReplies;
import facteur.office.BounceReaders;
import facteur.office.ContextName;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.KnownBad;
import facteur.office.OfficeFrom;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Roles;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.platform.config.Choice;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.ProblemCode;
import facteur.platform.config.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads an office's settings from YAML text, or JSON, which is YAML too (`src/docs/settings.md`). Every problem is reported with its
/// line; with any problem the settings must not be used.
///
/// Immutable; safe to share between threads.
public final class OfficeReader {
    private static final Mailbox NONE = Mailbox.of(Address.of("none@invalid"));

    static final int MOST_CONTEXTS = 500;
    static final int MOST_USERS = 10_000;

    private final Address sharedAddress;
    private final Choice<ReplyTo> officeReplies;
    private final Choice<ContextReplyTo> contextReplies;

    /// @param sharedAddress the relay's own: no office may claim its domain
    /// @param roles that replies may go to
    public OfficeReader(Address sharedAddress, Roles roles) {
        this.sharedAddress = sharedAddress;
        this.officeReplies = ReplyToWords.ofOffice(roles);
        this.contextReplies = ReplyToWords.ofContext(roles);
    }

    /// The relay's own, which letters of an office without a From of its own have.
    public Address sharedAddress() {
        return sharedAddress;
    }

    /// @param section asked for everything but `relations`; closed by the caller
    public OfficeSettings read(Section section, OfficeId id, String version) {
        return new OfficeSettings(
                id,
                version,
                company(section),
                section.has("from") ? from(section.section("from")) : Optional.empty(),
                section.value("reply-to", officeReplies::parse).orElse(new ReplyTo.ToCompany()),
                contexts(section),
                users(section),
                section.value("sandbox", BooleanWords::parse).orElse(BooleanWords.FALSE) == BooleanWords.TRUE ? Sandbox.ON : Sandbox.OFF,
                section.choice("when-unverified", WhenUnverified.FALLBACK),
                section.choice("replies", Replies.DIRECT),
                returns(section.section("returns")));
    }

    /// What a version of settings is called when they bring no name of their own: their digest.
    static String version(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Mailbox company(Section section) {
        var company = section.requiredValue("company", SettingsCode.ADDRESS_MISSING, OfficeReader::writableMailbox, NONE);
        if (company.name().isEmpty() && !company.equals(NONE)) {
            section.warning("company", SettingsCode.COMPANY_NAME_MISSING, "has no name: clients see an address alone");
        }
        return company;
    }

    private Optional<OfficeFrom> from(Section section) {
        var name = section.text("name");
        var address = section.value("address", this::officeAddress);
        if (name.isPresent() && !section.has("address")) {
            section.problem("address", SettingsCode.ADDRESS_MISSING, "an office address is needed here");
        }
        return address.map(value -> new OfficeFrom(value, name));
    }

    private Address officeAddress(String text) {
        var address = Address.parse(text)
                .orElseThrow(() -> new InvalidValueException(SettingsCode.ADDRESS_INVALID, "not an address: " + text + Address.remark(text)));
        if (!address.isAsciiCapable()) {
            throw new InvalidValueException(SettingsCode.ADDRESS_ASCII, "the part before @ must be US-ASCII: " + text);
        }
        if (FreeMail.has(address)) {
            throw new InvalidValueException(SettingsCode.FROM_FREEMAIL, address.domain() + " is a public mail provider: it can't be From");
        }
        if (address.asciiDomain().equals(sharedAddress.asciiDomain())) {
            throw new InvalidValueException(SettingsCode.FROM_RELAY, address.domain() + " is the relay's own domain, not the office's");
        }
        return address;
    }

    private Map<ContextName, ContextSettings> contexts(Section section) {
        var contexts = new HashMap<ContextName, ContextSettings>();
        var entries = section.entries("contexts");
        bound(section, "contexts", entries.size(), MOST_CONTEXTS);
        entries.forEach((key, context) -> {
            var name = ContextName.of(key.strip());
            if (key.isBlank()) {
                context.problem("", SettingsCode.KIND_MISSING, "not a name for a context");
            } else if (name.equals(ContextName.UNREADABLE)) {
                context.problem("", SettingsCode.KIND_NAME, "not a name for a context");
            }
            if (contexts.put(name, context(context)) != null) {
                context.problem("", SettingsCode.KIND_TWICE, "this context is given twice: case makes no difference");
            }
        });
        return contexts;
    }

    /// All of them stand on one page: without end, a few pages would fill the memory that letters need.
    private static void bound(Section section, String key, int size, int most) {
        if (size > most) {
            section.problem(key, ProblemCode.VALUE_INVALID, size + " are too many: at most " + most);
        }
    }

    private ContextSettings context(Section context) {
        var address = context.value("address", OfficeReader::writableMailbox);
        var from = context.has("from") ? from(context.section("from")) : Optional.<OfficeFrom>empty();
        var replies = context.choice("replies", Replies.class);
        var replyTo = context.value("reply-to", contextReplies::parse).orElse(new ContextReplyTo.AsGeneral());
        if (replyTo instanceof ContextReplyTo.ToCompanyOr) {
            return new ContextSettings(new ContextReplyTo.ToCompanyOr(address), from, Optional.empty(), replies);
        }
        if (address.isPresent()) {
            context.warning("address", SettingsCode.KIND_ADDRESS_IGNORED, "counts only with 'reply-to: general'; it is ignored");
        }
        return new ContextSettings(replyTo, from, address, replies);
    }

    private static OfficeReturns returns(Section section) {
        return new OfficeReturns(
                section.choice("tell", BounceReaders.class),
                section.choice("known-bad", KnownBad.class),
                section.choice("auto-replies", AutoReplies.class),
                section.choice("language", Language.class));
    }

    private static List<Mailbox> users(Section section) {
        var users = section.values("users", OfficeReader::mailbox);
        bound(section, "users", users.size(), MOST_USERS);
        PeopleWarnings.each(users, (code, message) -> section.warning("users", code, message));
        return users;
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text)
                .orElseThrow(() -> new InvalidValueException(SettingsCode.ADDRESS_INVALID, "not a mailbox: " + text + MailboxHint.ofEntry(text)));
    }

    /// A mailbox that every letter can name, SMTPUTF8 or not.
    private static Mailbox writableMailbox(String text) {
        var mailbox = mailbox(text);
        if (!mailbox.address().isAsciiCapable()) {
            throw new InvalidValueException(SettingsCode.ADDRESS_ASCII, "the part before @ must be US-ASCII: " + text);
        }
        return mailbox;
    }
}
