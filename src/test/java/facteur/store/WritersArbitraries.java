package facteur.store;

import facteur.platform.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Changes that writers make: of few settings, good ones and bad ones, so that they meet.
final class WritersArbitraries {
    private WritersArbitraries() {}

    static Arbitrary<List<List<Writers.Step>>> writers() {
        return steps().list().ofMinSize(1).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(4);
    }

    private static Arbitrary<Writers.Step> steps() {
        var versions = Arbitraries.longs().between(0, 12);
        return Arbitraries.frequencyOf(
                Tuple.of(3, settings().map(Writers.Put::new)),
                Tuple.of(2, Combinators.combine(settings(), versions).as(Writers.PutAt::new)),
                Tuple.of(1, settings().map(Writers.Create::new)),
                Tuple.of(4, settings().map(Writers.Patch::new)),
                Tuple.of(1, Arbitraries.create(Writers.Remove::new)),
                Tuple.of(2, versions.map(Writers.Restore::new)),
                Tuple.of(2, versions.map(Writers.Undo::new)));
    }

    private static Arbitrary<JsonValue> settings() {
        var companies = values("Dupont <o@dupont.example>", "o@dupont.example", "nobody", "");
        var replies = values("company", "sender", "partner", "nobody");
        var sandboxes = Arbitraries.of(JsonValue.NULL, new JsonValue.Bool(true), JsonValue.of("maybe"));
        return Combinators.combine(companies.optional(0.9), replies.optional(0.5), sandboxes.optional(0.2)).as((company, reply, sandbox) -> {
            var members = new LinkedHashMap<String, JsonValue>();
            company.ifPresent(value -> members.put("company", value));
            reply.ifPresent(value -> members.put("reply-to", value));
            sandbox.ifPresent(value -> members.put("sandbox", value));
            return new JsonValue.Members(members);
        });
    }

    private static Arbitrary<JsonValue> values(String... texts) {
        return Arbitraries.of(texts).map(JsonValue::of);
    }
}
