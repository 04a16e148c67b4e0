package facteur.settings;

import facteur.config.ConfigFile;
import facteur.config.Problems;
import facteur.config.Section;
import facteur.message.Mailbox;
import facteur.smtp.Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads an office's file: its settings and its clients' cards, as YAML (design §4). Every problem is told with its
/// line; with any problem the office is not to be used.
///
/// For one thread, one file.
final class OfficeFile {
    private static final Mailbox NONE = Mailbox.of(Address.of("none@invalid"));

    /// @param problems of this file only
    record Content(OfficeSettings settings, Map<RelationId, RelationCard> relations) {}

    private final Address sharedAddress;

    /// @param sharedAddress the relay's own: no office may claim its domain
    OfficeFile(Address sharedAddress) {
        this.sharedAddress = sharedAddress;
    }

    Content read(String text, Path file, OfficeId id, Problems problems) {
        var section = ConfigFile.parse(text, file, problems);
        var company = section.requiredValue("company", OfficeFile::writableMailbox, NONE);
        var settings = new OfficeSettings(
                id,
                version(text),
                company,
                section.has("from") ? from(section.section("from")) : Optional.empty(),
                section.choice("reply-to", Choice.General.COMPANY).replyTo(),
                contexts(section),
                section.values("users", OfficeFile::mailbox));
        var content = new Content(settings, relations(section));
        section.close();
        return content;
    }

    private Optional<OfficeFrom> from(Section section) {
        var name = section.text("name");
        var address = section.value("address", this::officeAddress);
        if (!section.has("address")) {
            section.problem("address", "an office address is needed here");
        }
        return address.map(value -> new OfficeFrom(value, name));
    }

    private Address officeAddress(String text) {
        var address = Address.parse(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
        if (!address.isAsciiCapable()) {
            throw new IllegalArgumentException("the part before @ must be US-ASCII: " + text);
        }
        if (FreeMail.has(address)) {
            throw new IllegalArgumentException("anybody can have an address at " + address.domain() + ": it can't be From");
        }
        if (address.asciiDomain().equals(sharedAddress.asciiDomain())) {
            throw new IllegalArgumentException(address.domain() + " is the relay's own domain, not the office's");
        }
        return address;
    }

    private Map<ContextName, ContextSettings> contexts(Section section) {
        var contexts = new HashMap<ContextName, ContextSettings>();
        section.entries("contexts").forEach((key, context) -> {
            var name = ContextName.of(key.strip());
            if (name.equals(ContextName.UNREADABLE) || key.isBlank()) {
                context.problem("", "not a name for a context");
            }
            var from = context.has("from") ? from(context.section("from")) : Optional.<OfficeFrom>empty();
            if (contexts.put(name, new ContextSettings(contextReplyTo(context), from)) != null) {
                context.problem("", "this context is given twice: case makes no difference");
            }
        });
        return contexts;
    }

    private static ContextReplyTo contextReplyTo(Section context) {
        var address = context.value("address", OfficeFile::writableMailbox);
        var choice = context.choice("reply-to", Choice.InContext.class);
        if (address.isPresent() && !choice.equals(Optional.of(Choice.InContext.GENERAL))) {
            context.warning("address", "counts only with 'reply-to: general'; it is ignored");
        }
        return choice.<ContextReplyTo>map(chosen -> switch (chosen) {
            case GENERAL -> new ContextReplyTo.ToCompanyOr(address);
            case SENDER -> new ReplyTo.ToSender();
            case COLLABORATOR -> new ReplyTo.ToRole(Role.COLLABORATOR);
            case SUBSTITUTE -> new ReplyTo.ToRole(Role.SUBSTITUTE);
            case RESPONSIBLE -> new ReplyTo.ToRole(Role.RESPONSIBLE);
            case PARTNER -> new ReplyTo.ToRole(Role.PARTNER);
        }).orElse(new ContextReplyTo.AsGeneral());
    }

    private static Map<RelationId, RelationCard> relations(Section section) {
        var relations = new HashMap<RelationId, RelationCard>();
        section.entries("relations").forEach((key, card) -> {
            var id = RelationId.parse(key.strip());
            if (id.isEmpty()) {
                card.problem("", "not a relation id: empty, over 128 characters, or with control characters");
            }
            var roles = new EnumMap<Role, List<Mailbox>>(Role.class);
            for (var role : Role.values()) {
                roles.put(role, people(card, role.name().toLowerCase(Locale.ROOT)));
            }
            id.ifPresent(relation -> relations.put(relation, new RelationCard(roles)));
        });
        return relations;
    }

    /// One mailbox, several with commas between, or a list of such.
    private static List<Mailbox> people(Section card, String key) {
        return card.values(key, OfficeFile::mailboxes).stream().flatMap(List::stream).toList();
    }

    private static List<Mailbox> mailboxes(String text) {
        return Mailbox.parseList(text).orElseThrow(() -> new IllegalArgumentException("not a mailbox: " + text));
    }

    private static Mailbox mailbox(String text) {
        return Mailbox.parse(text).orElseThrow(() -> new IllegalArgumentException("not a mailbox: " + text));
    }

    /// A mailbox that every letter can name, SMTPUTF8 or not.
    private static Mailbox writableMailbox(String text) {
        var mailbox = mailbox(text);
        if (!mailbox.address().isAsciiCapable()) {
            throw new IllegalArgumentException("the part before @ must be US-ASCII: " + text);
        }
        return mailbox;
    }

    private static String version(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
