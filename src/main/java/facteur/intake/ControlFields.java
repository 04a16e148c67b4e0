package facteur.intake;

import facteur.mail.message.Decoded;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import facteur.office.ContextName;
import facteur.office.RelationId;
import facteur.policy.Unclear;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields by which an app tells the relay what to do: X-Context, X-Relation-Id, X-Office-Id, X-Letter-Key. Only the top-level header counts. Mail
/// libraries encode what is long or beyond US-ASCII (RFC 2047), so values are decoded before anything is compared. A field
/// that stands twice must say the same twice; contexts compare in lower case. What can't be decoded exactly is as
/// unknown as a name that isn't configured: half of an id may be another client's.
///
/// @param context empty = none or empty
/// @param relation empty = none, empty, or not one that could be looked up
/// @param office as given; empty = none or empty
/// @param key that the letter is known by; empty = none or empty
/// @param unclear the fields that can't be read for sure
public record ControlFields(
        Optional<ContextName> context,
        Optional<RelationId> relation,
        Optional<String> office,
        Optional<String> key,
        List<Unclear> unclear) {
    private static final String CONTEXT = "X-Context";
    private static final String RELATION = "X-Relation-Id";
    private static final String OFFICE = "X-Office-Id";
    private static final String KEY = "X-Letter-Key";
    private static final List<String> NAMES = List.of(CONTEXT, RELATION, OFFICE, KEY);
    private static final int KEY_LIMIT = 128;

    public ControlFields {
        unclear = List.copyOf(unclear);
    }

    /// @return a refusal when a field stands twice, with different values, or when the letter's key can't be one: a letter that is sent again
    ///     must not leave twice for that
    public static Parsed<ControlFields> read(Header header) {
        for (var name : NAMES) {
            if (isAmbiguous(name, header.all(name))) {
                return refused("ambiguous " + name);
            }
        }
        var key = header.first(KEY).map(HeaderField::decoded);
        return key.flatMap(ControlFields::badKey)
                .map(ControlFields::refused)
                .orElseGet(() -> new Parsed.Good<>(readOnce(header, key.flatMap(ControlFields::key))));
    }

    private static Parsed<ControlFields> refused(String why) {
        return new Parsed.Bad<>(Reply.of(550, 7, 0, why));
    }

    private static ControlFields readOnce(Header header, Optional<String> key) {
        var context = header.first(CONTEXT).map(HeaderField::decoded);
        var relation = header.first(RELATION).map(HeaderField::decoded);
        var office = header.first(OFFICE);
        var officeValue = office.map(HeaderField::decoded);

        var unclear = new ArrayList<Unclear>();
        context.flatMap(value -> unclear(CONTEXT, value)).ifPresent(unclear::add);
        relation.flatMap(value -> unclear(RELATION, value)).ifPresent(unclear::add);
        officeValue.flatMap(value -> unclear(OFFICE, value)).ifPresent(unclear::add);
        return new ControlFields(
                context.flatMap(ControlFields::context),
                relation.flatMap(ControlFields::relation),
                officeValue.map(value -> switch (value) {
                    case Decoded.Text(var text) -> text;
                    // No office has such an id; the reply names it as it came.
                    case Decoded.Undecodable _ -> office.get().value();
                }).filter(text -> !text.isEmpty()),
                key,
                unclear);
    }

    private static Optional<ContextName> context(Decoded value) {
        return switch (value) {
            case Decoded.Text(var text) -> text.isEmpty() ? Optional.empty() : Optional.of(ContextName.of(text));
            case Decoded.Undecodable _ -> Optional.of(ContextName.UNREADABLE);
        };
    }

    private static Optional<RelationId> relation(Decoded value) {
        return switch (value) {
            case Decoded.Text(var text) -> RelationId.parse(text);
            case Decoded.Undecodable _ -> Optional.empty();
        };
    }

    private static Optional<String> key(Decoded value) {
        return switch (value) {
            case Decoded.Text(var text) -> Optional.of(text).filter(key -> !key.isEmpty());
            case Decoded.Undecodable _ -> Optional.empty();
        };
    }

    private static Optional<String> badKey(Decoded value) {
        return switch (value) {
            case Decoded.Undecodable(var why) -> Optional.of(KEY + " can't be read: " + why);
            case Decoded.Text(var text) when text.length() > KEY_LIMIT -> Optional.of(KEY + " over " + KEY_LIMIT + " characters");
            case Decoded.Text(var text) when text.chars().anyMatch(Character::isISOControl) -> Optional.of(KEY + " with control characters");
            case Decoded.Text _ -> Optional.empty();
        };
    }

    private static Optional<Unclear> unclear(String name, Decoded value) {
        return switch (value) {
            case Decoded.Undecodable(var why) -> Optional.of(new Unclear(name, why));
            case Decoded.Text(var text) ->
                isName(name, text) ? Optional.empty() : Optional.of(new Unclear(name, "over 128 characters, or control characters"));
        };
    }

    /// Whether it could be one. The reply names an office's id that couldn't.
    private static boolean isName(String field, String text) {
        return text.isEmpty() || switch (field) {
            case CONTEXT -> !ContextName.of(text).equals(ContextName.UNREADABLE);
            case RELATION -> RelationId.parse(text).isPresent();
            default -> true;
        };
    }

    private static boolean isAmbiguous(String name, List<HeaderField> fields) {
        return fields.size() > 1 && fields.stream().map(field -> comparable(name, field)).distinct().count() > 1;
    }

    private static Object comparable(String name, HeaderField field) {
        return switch (field.decoded()) {
            case Decoded.Text(var text) -> name.equals(CONTEXT) && !text.isEmpty() && isName(name, text) ? ContextName.of(text) : text;
            case Decoded.Undecodable _ -> field.value();
        };
    }
}
