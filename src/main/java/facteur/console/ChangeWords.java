package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.office.ContextName;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Says what is different in two settings of an office: *Invoices: replies went to the office, now to the person responsible*. Every key
/// has words of its own; one that is not known is shown as it is. Immutable.
record ChangeWords(Texts texts, Roles roles) {
    private static final String COMPANY = "company";
    private static final String FROM = "from";
    private static final String REPLY_TO = "reply-to";
    private static final String CONTEXTS = "contexts";
    private static final String ADDRESS = "address";
    private static final String NAME = "name";
    private static final String USERS = "users";
    private static final String SANDBOX = "sandbox";
    private static final String UNVERIFIED = "when-unverified";
    private static final String REPLIES = "replies";
    private static final String RETURNS = "returns";
    private static final Set<String> KNOWN = Set.of(COMPANY, FROM, REPLY_TO, CONTEXTS, USERS, SANDBOX, UNVERIFIED, REPLIES, RETURNS);
    private static final Set<String> KNOWN_OF_KIND = Set.of(REPLY_TO, ADDRESS, FROM, REPLIES);
    private static final int LONGEST = 200;

    /// In the order in which an office thinks of its settings. `null` where there is no office.
    List<Change> between(JsonValue before, JsonValue after) {
        var changes = new ArrayList<Change>();
        if (before instanceof JsonValue.Members == after instanceof JsonValue.Members) {
            changes.addAll(between(SettingsJson.members(before), SettingsJson.members(after)));
        } else if (after instanceof JsonValue.Members settings) {
            changes.add(new Change(List.of(), texts.of("history.office"), texts.of("history.none"), texts.of("history.there"),
                    texts.of("history.office.added")));
            changes.addAll(between(JsonValue.Members.NONE, settings));
        } else {
            changes.add(new Change(List.of(), texts.of("history.office"), texts.of("history.there"), texts.of("history.none"),
                    texts.of("history.office.removed")));
        }
        return changes;
    }

    private List<Change> between(JsonValue.Members before, JsonValue.Members after) {
        var changes = new ArrayList<Change>();
        changes.addAll(company(before, after));
        changes.addAll(from(List.of(FROM), texts.of("mail.kind.none"), "history.from.shared", before, after));
        changes.addAll(word(UNVERIFIED, "history.unverified", before, after, this::unverified));
        changes.addAll(replies(before, after));
        changes.addAll(word(REPLIES, "mail.replies", before, after, value -> ofReturns(MailPoint.REPLIES, value.isEmpty() ? "direct" : value)));
        changes.addAll(kinds(SettingsJson.members(before, CONTEXTS), SettingsJson.members(after, CONTEXTS)));
        changes.addAll(returns(before, after));
        changes.addAll(people(before, after));
        changes.addAll(word(SANDBOX, "history.sandbox", before, after, this::sandbox));
        changes.addAll(others(List.of(), KNOWN, before, after));
        return changes;
    }

    /// The pattern has the subject first, then both values.
    private Change change(List<String> path, String pattern, String subject, String about, String before, String after) {
        return new Change(path, about, before, after, texts.of(pattern, subject, before, after));
    }

    private List<Change> company(JsonValue.Members before, JsonValue.Members after) {
        var old = SettingsJson.text(before, COMPANY);
        var young = SettingsJson.text(after, COMPANY);
        var changes = new ArrayList<Change>();
        var subject = texts.of("mail.company");
        if (old.isEmpty() != young.isEmpty()) {
            return List.of(new Change(
                    List.of(COMPANY), subject, orNone(old), orNone(young), texts.of("history.company", subject, orNone(young))));
        }
        if (!name(old).equals(name(young))) {
            changes.add(change(
                    List.of(COMPANY), "history.company.name", subject, texts.of("history.about.company.name"), orNone(name(old)),
                    orNone(name(young))));
        }
        if (!address(old).equals(address(young))) {
            changes.add(change(
                    List.of(COMPANY), "history.company.address", subject, texts.of("history.about.company.address"),
                    orNone(address(old)), orNone(address(young))));
        }
        return changes;
    }

    private static String name(String mailbox) {
        return Mailbox.parse(mailbox).map(Mailbox::name).orElse("");
    }

    private static String address(String mailbox) {
        return Mailbox.parse(mailbox).map(parsed -> parsed.address().toString()).orElse(mailbox);
    }

    private String orNone(String value) {
        return value.isEmpty() ? texts.of("history.none") : value;
    }

    /// @param without the text of what counts where there is no own From
    private List<Change> from(List<String> path, String subject, String without, JsonValue.Members before, JsonValue.Members after) {
        var old = SettingsJson.members(before, FROM);
        var young = SettingsJson.members(after, FROM);
        var changes = new ArrayList<Change>();
        var addresses = List.of(SettingsJson.text(old, ADDRESS), SettingsJson.text(young, ADDRESS));
        if (!addresses.getFirst().equals(addresses.getLast())) {
            changes.add(change(
                    with(path, ADDRESS), "history.from", subject, texts.of("history.about.from", subject),
                    or(addresses.getFirst(), without), or(addresses.getLast(), without)));
        }
        var names = List.of(SettingsJson.text(old, NAME), SettingsJson.text(young, NAME));
        if (!names.getFirst().equals(names.getLast())) {
            changes.add(change(
                    with(path, NAME), "history.from.name", subject, texts.of("history.about.from.name", subject),
                    or(names.getFirst(), "history.from.company"), or(names.getLast(), "history.from.company")));
        }
        return changes;
    }

    private String or(String value, String key) {
        return value.isEmpty() ? texts.of(key) : value;
    }

    private static List<String> with(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private interface Words {
        String of(String value);
    }

    /// A key that has a sentence for each value.
    private List<Change> word(String key, String about, JsonValue.Members before, JsonValue.Members after, Words words) {
        var old = words.of(SettingsJson.text(before, key));
        var young = words.of(SettingsJson.text(after, key));
        return old.equals(young)
                ? List.of()
                : List.of(change(List.of(key), "history.choice", texts.of(about), texts.of(about), old, young));
    }

    private String unverified(String value) {
        return value.isEmpty() || value.equals("fallback")
                ? texts.of("mail.unverified.fallback")
                : value.equals("refuse") ? texts.of("mail.unverified.refuse") : value;
    }

    private String sandbox(String value) {
        var isOn = Set.of("true", "t", "yes", "y", "on", "1").contains(value.toLowerCase(Locale.ROOT));
        return texts.of(isOn ? "history.on" : "history.off");
    }

    private String ofReturns(MailPoint point, String value) {
        return new ReturnWords(texts).valueOrWhatCounts(point, value);
    }

    private List<Change> returns(JsonValue.Members before, JsonValue.Members after) {
        var old = before.member(RETURNS);
        var young = after.member(RETURNS);
        if (Stream.of(old, young).flatMap(Optional::stream)
                .anyMatch(value -> !(value instanceof JsonValue.Members || value instanceof JsonValue.Null))) {
            return others(List.of(), Set.of(), only(RETURNS, old), only(RETURNS, young));
        }
        var olds = SettingsJson.members(before, RETURNS);
        var youngs = SettingsJson.members(after, RETURNS);
        var changes = new ArrayList<Change>();
        MailJson.OF_RETURNS.forEach((key, point) -> {
            var was = ofReturns(point, SettingsJson.text(olds, key));
            var is = ofReturns(point, SettingsJson.text(youngs, key));
            if (!was.equals(is)) {
                var subject = texts.of(ReturnWords.label(point.part()));
                changes.add(change(List.of(RETURNS, key), "history.choice", subject, subject, was, is));
            }
        });
        changes.addAll(others(List.of(RETURNS), MailJson.OF_RETURNS.keySet(), olds, youngs));
        return changes;
    }

    private static JsonValue.Members only(String key, Optional<JsonValue> value) {
        return value.map(some -> JsonValue.Members.NONE.with(key, some)).orElse(JsonValue.Members.NONE);
    }

    private List<Change> replies(JsonValue.Members before, JsonValue.Members after) {
        var old = SettingsJson.text(before, REPLY_TO);
        var young = SettingsJson.text(after, REPLY_TO);
        var subject = texts.of("mail.kind.none");
        return goes(old, COMPANY).equals(goes(young, COMPANY))
                ? List.of()
                : List.of(change(List.of(REPLY_TO), "history.reply", subject, texts.of("history.about.reply", subject), goes(old, COMPANY),
                        goes(young, COMPANY)));
    }

    /// Whom replies go to, to be read after *replies go*.
    ///
    /// @param usual what counts where nothing is written
    private String goes(String word, String usual) {
        var written = word.isEmpty() ? usual : word;
        return switch (written) {
            case COMPANY -> replies().company();
            case "as-general" -> replies().asGeneral();
            case "sender" -> replies().sender();
            case String role -> Role.parse(role).map(replies()::role).orElseGet(() -> replies().address(role));
        };
    }

    private ReplyWords replies() {
        return new ReplyWords(texts, roles);
    }

    private List<Change> kinds(JsonValue.Members before, JsonValue.Members after) {
        var old = byName(before);
        var young = byName(after);
        var names = new TreeSet<>(old.keySet());
        names.addAll(young.keySet());
        var changes = new ArrayList<Change>();
        names.forEach(name -> changes.addAll(kind(name, Optional.ofNullable(old.get(name)), Optional.ofNullable(young.get(name)))));
        return changes;
    }

    /// As letters are compared with them.
    private static Map<String, JsonValue.Members> byName(JsonValue.Members kinds) {
        var byName = new LinkedHashMap<String, JsonValue.Members>();
        kinds.members().forEach((name, kind) -> byName.put(ContextName.of(name.strip()).text(), SettingsJson.members(kind)));
        return byName;
    }

    private List<Change> kind(String name, Optional<JsonValue.Members> before, Optional<JsonValue.Members> after) {
        var old = before.orElse(JsonValue.Members.NONE);
        var young = after.orElse(JsonValue.Members.NONE);
        var path = List.of(CONTEXTS, name);
        var label = Kinds.label(texts, name);
        var changes = new ArrayList<Change>();
        if (before.isEmpty()) {
            changes.add(new Change(
                    path, texts.of("history.about.reply", label), texts.of("history.kind.unset"), ofKind(young),
                    texts.of("history.kind.added", label, ofKind(young))));
        } else if (after.isEmpty()) {
            changes.add(new Change(
                    path, texts.of("history.about.reply", label), ofKind(old), texts.of("history.kind.unset"),
                    texts.of("history.kind.removed", label)));
        } else {
            changes.addAll(repliesOfKind(path, label, old, young));
        }
        changes.addAll(replyAddressOfKind(with(path, REPLIES), name, old, young));
        changes.addAll(from(with(path, FROM), label, "history.to.as-general", old, young));
        changes.addAll(others(path, KNOWN_OF_KIND, old, young));
        return changes;
    }

    private List<Change> replyAddressOfKind(List<String> path, String name, JsonValue.Members before, JsonValue.Members after) {
        var point = new MailPoint(name, MailPoint.Part.REPLIES);
        var was = ofReturns(point, SettingsJson.text(before, REPLIES));
        var is = ofReturns(point, SettingsJson.text(after, REPLIES));
        var subject = texts.of("mail.point.of-kind", Kinds.label(texts, name), texts.of("mail.replies"));
        return was.equals(is) ? List.of() : List.of(change(path, "history.choice", subject, subject, was, is));
    }

    private List<Change> repliesOfKind(List<String> path, String label, JsonValue.Members before, JsonValue.Members after) {
        var changes = new ArrayList<Change>();
        if (!ofKind(before).equals(ofKind(after))) {
            changes.add(change(
                    with(path, REPLY_TO), "history.reply", label, texts.of("history.about.reply", label), ofKind(before), ofKind(after)));
        }
        if (!ignored(before).equals(ignored(after))) {
            changes.add(change(
                    with(path, ADDRESS), "history.ignored", label, texts.of("history.about.ignored", label), orNone(ignored(before)),
                    orNone(ignored(after))));
        }
        return changes;
    }

    /// An address counts beside `general` alone.
    private String ofKind(JsonValue.Members kind) {
        var word = SettingsJson.text(kind, REPLY_TO);
        if (!word.equals("general")) {
            return goes(word, "as-general");
        }
        var address = SettingsJson.text(kind, ADDRESS);
        return address.isEmpty() ? replies().company() : replies().address(address);
    }

    private static String ignored(JsonValue.Members kind) {
        return SettingsJson.text(kind, REPLY_TO).equals("general") ? "" : SettingsJson.text(kind, ADDRESS);
    }

    private List<Change> people(JsonValue.Members before, JsonValue.Members after) {
        return new PeopleChanges(texts, SettingsJson.texts(before, USERS), SettingsJson.texts(after, USERS)).list();
    }

    private List<Change> others(List<String> path, Set<String> known, JsonValue.Members before, JsonValue.Members after) {
        var keys = new TreeSet<>(before.members().keySet());
        keys.addAll(after.members().keySet());
        keys.removeAll(known);
        return keys.stream()
                .filter(key -> !before.member(key).equals(after.member(key)))
                .map(key -> {
                    var where = String.join(".", with(path, key));
                    return change(
                            with(path, key), "history.was", where, where,
                            orNone(cut(SettingsJson.text(before, key))), orNone(cut(SettingsJson.text(after, key))));
                })
                .toList();
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
