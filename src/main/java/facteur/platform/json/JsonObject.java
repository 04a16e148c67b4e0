package facteur.platform.json;

import facteur.platform.config.Document;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A JSON object that another program wrote, read member by member. Text that is not JSON, or too large, or too deep, is an
/// object without members: the caller misses what it came for, and says so in its own words. One thread.
public final class JsonObject {
    private final Section members;

    private JsonObject(Section members) {
        this.members = members;
    }

    /// Of a member that comes twice, the first counts.
    public static JsonObject parse(String text) {
        return new JsonObject(Document.read(text, "JSON", new Problems()));
    }

    /// A text; a number or truth value as it is written. Empty when the member is missing, `null`, blank, an object or an array.
    public Optional<String> text(String member) {
        return members.text(member);
    }

    public String text(String member, String fallback) {
        return members.text(member, fallback);
    }

    /// A whole number; the fallback when there is none.
    public long number(String member, long fallback) {
        return members.value(member, Long::valueOf).orElse(fallback);
    }

    /// The texts of an array, or one alone; none when the member is missing.
    public List<String> texts(String member) {
        return members.texts(member, List.of());
    }

    /// An object without members when there is no such member.
    public JsonObject object(String member) {
        return new JsonObject(members.section(member));
    }

    /// The objects of an array; none when the member is missing.
    public List<JsonObject> objects(String member) {
        return members.sections(member).stream().map(JsonObject::new).toList();
    }

    /// The names of its members.
    public Set<String> names() {
        return members.keys();
    }

    public boolean has(String member) {
        return members.has(member);
    }
}
