package facteur.settings;

import facteur.fixture.ArbitraryOffices;
import facteur.office.OfficeReturns;
import facteur.platform.config.Word;
import facteur.platform.json.JsonValue;
import java.util.Optional;
import net.jqwik.api.Arbitrary;

/// What an office wants done with what comes back, as its settings say it. Stateless.
final class ReturnsJson {
    private ReturnsJson() {}

    static Arbitrary<JsonValue> written() {
        return ArbitraryOffices.returns().map(ReturnsJson::of);
    }

    static JsonValue of(OfficeReturns returns) {
        var members = with(JsonValue.Members.NONE, "tell", returns.tell());
        members = with(members, "known-bad", returns.knownBad());
        members = with(members, "auto-replies", returns.autoReplies());
        return with(members, "language", returns.language());
    }

    private static JsonValue.Members with(JsonValue.Members members, String key, Optional<? extends Enum<?>> value) {
        return value.map(constant -> members.with(key, JsonValue.of(Word.of(constant)))).orElse(members);
    }
}
