package facteur.console;

import facteur.console.MailPoint.Part;
import facteur.platform.json.JsonValue;
import facteur.platform.json.JsonValue.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Mail settings as they may be kept, and changes of them.
final class ArbitraryMail {
    private static final List<String> KINDS = List.of("task", "invoice", "reminder", "vraag & antwoord", "été");

    private ArbitraryMail() {}

    private static Arbitrary<JsonValue> text(String... texts) {
        return Arbitraries.of(texts).map(JsonValue::of);
    }

    private static Arbitrary<Members> members(Map<String, Arbitrary<? extends JsonValue>> members) {
        Arbitrary<Members> all = Arbitraries.just(Members.NONE);
        for (var member : members.entrySet()) {
            all = Combinators.combine(all, member.getValue().map(value -> (JsonValue) value).optional(0.7))
                    .as((before, value) -> value.map(some -> before.with(member.getKey(), some)).orElse(before));
        }
        return all;
    }

    private static Arbitrary<JsonValue> from() {
        return members(Map.of("address", text("office@dupont.example", " jan@dupont.example"), "name", text("Dupont", " A\tB ", "\u202eX", ""),
                "x-new", text("kept")))
                .map(value -> value);
    }

    private static Arbitrary<JsonValue> context() {
        return members(Map.of(
                "reply-to", text("general", "sender", "partner", "boss", "generalist"),
                "address", text("tasks@dupont.example", "Tasks <tasks@dupont.example>"),
                "from", from(),
                "replies", text("direct", "late", "soon"),
                "x-new", text("kept")))
                .map(value -> value);
    }

    private static Arbitrary<JsonValue> returns() {
        return members(Map.of(
                "tell", text("reply-to", "company", "none", "all"),
                "known-bad", text("warn", "refuse", "ignore"),
                "auto-replies", text("relay", "log"),
                "language", text("en", "fr", "nl", "de"),
                "x-new", text("kept")))
                .map(value -> value);
    }

    /// Also some that no rule accepts, and members that no page knows.
    static Arbitrary<JsonValue> settings() {
        var contexts = Arbitraries.maps(Arbitraries.of("task", "Invoice", "reminder ", "Vraag & antwoord", "été"), context())
                .ofMaxSize(4)
                .map(map -> (JsonValue) new Members(new LinkedHashMap<>(map)));
        return members(Map.of(
                "company",
                text("Cabinet Dupont <office@dupont.example>", "office@dupont.example", "\"Dupont, Jan\" <jan@dupont.example>", "broken <"),
                "from", from(),
                "reply-to", text("company", "sender", "partner", "boss"),
                "when-unverified", text("fallback", "refuse"),
                "sandbox", Arbitraries.of(new JsonValue.Bool(true), new JsonValue.Bool(false), JsonValue.of("on")),
                "contexts", contexts,
                "replies", text("direct", "late", "soon"),
                "returns", returns(),
                "users", text("Jan <jan@dupont.example>"),
                "x-new", text("kept")))
                .map(value -> value);
    }

    /// What may become of one point.
    ///
    /// @param value empty where it goes
    record Change(MailPoint point, String value) {
        MailValues in(MailValues values) {
            return values.with(point, value);
        }
    }

    static Arbitrary<Change> change() {
        var address = Arbitraries.of("", "a@dupont.example", "b@dupont.example");
        var ofKind = Combinators.combine(
                Arbitraries.of(KINDS),
                Arbitraries.of("", "general", "general a@dupont.example", "general b@dupont.example", "sender", "partner", "generalist"))
                .as((kind, reply) -> new Change(new MailPoint(kind, Part.REPLY), reply));
        return Arbitraries.oneOf(
                ofKind,
                Combinators.combine(Arbitraries.of(KINDS), address).as((kind, from) -> new Change(new MailPoint(kind, Part.FROM), from)),
                Arbitraries.of("Durand", "Dupont").map(name -> new Change(MailPoint.COMPANY_NAME, name)),
                Arbitraries.of("a@dupont.example", "b@dupont.example").map(company -> new Change(MailPoint.COMPANY_ADDRESS, company)),
                address.map(from -> new Change(MailPoint.FROM, from)),
                Arbitraries.of("", "Durand").map(name -> new Change(MailPoint.FROM_NAME, name)),
                Arbitraries.of("fallback", "refuse").map(word -> new Change(MailPoint.UNVERIFIED, word)),
                Arbitraries.of("", MailValues.YES).map(word -> new Change(MailPoint.SANDBOX, word)),
                Arbitraries.of("company", "sender", "partner").map(word -> new Change(MailPoint.REPLY, word)),
                ofReturns());
    }

    private static Arbitrary<Change> ofReturns() {
        return Arbitraries.oneOf(
                Arbitraries.of("direct", "late").map(word -> new Change(MailPoint.REPLIES, word)),
                Combinators.combine(Arbitraries.of(KINDS), Arbitraries.of("", "direct", "late"))
                        .as((kind, word) -> new Change(new MailPoint(kind, Part.REPLIES), word)),
                Arbitraries.of("", "reply-to", "company", "none").map(word -> new Change(MailPoint.TELL, word)),
                Arbitraries.of("", "warn", "refuse", "ignore").map(word -> new Change(MailPoint.KNOWN_BAD, word)),
                Arbitraries.of("", "relay", "log").map(word -> new Change(MailPoint.AUTO_REPLIES, word)),
                Arbitraries.of("", "en", "fr", "nl").map(word -> new Change(MailPoint.NOTICE_LANGUAGE, word)));
    }

    /// Points that a form could say: a name goes with an address, an address that doesn't count with another reply.
    static MailValues changed(MailValues values, List<Change> changes) {
        var changed = values;
        for (var change : changes) {
            changed = change.in(changed);
        }
        for (var kind : Optional.of(changed.kinds()).map(kinds -> List.copyOf(kinds)).orElseThrow()) {
            if (MailJson.isGeneral(changed.get(kind, Part.REPLY))) {
                changed = changed.with(new MailPoint(kind, Part.IGNORED), "");
            }
            changed = withoutIdleName(changed, kind);
        }
        return withoutIdleName(changed, "");
    }

    private static MailValues withoutIdleName(MailValues values, String kind) {
        return values.get(kind, Part.FROM).isEmpty() ? values.with(new MailPoint(kind, Part.FROM_NAME), "") : values;
    }
}
