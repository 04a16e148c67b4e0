package facteur.junit;

import facteur.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An office's settings in code, with the words of its file (`src/docs/settings.md`). Mistakes in them are reported
/// when facteur gets them. Immutable: each method gives another office.
public final class Office {
    private final Map<String, Object> general;
    private final Map<String, Map<String, String>> contexts;
    private final List<String> users;
    private final Map<String, Map<String, List<String>>> relations;

    private Office(
            Map<String, Object> general,
            Map<String, Map<String, String>> contexts,
            List<String> users,
            Map<String, Map<String, List<String>>> relations) {
        this.general = general;
        this.contexts = contexts;
        this.users = users;
        this.relations = relations;
    }

    /// @param company the company, such as `Cabinet Dupont <office@dupont.example>`
    public static Office of(String company) {
        return new Office(Map.of("company", company), Map.of(), List.of(), Map.of());
    }

    /// Its own address as From; counts when facteur is [trusting][FacteurExtension#trusting] the domain.
    public Office from(String address) {
        return with("from", Map.of("address", address));
    }

    public Office from(String address, String name) {
        return with("from", Map.of("address", address, "name", name));
    }

    /// @param who `company`, `sender`, or a role
    public Office replyTo(String who) {
        return with("reply-to", who);
    }

    /// @param replyTo `general`, `sender`, or a role
    public Office context(String name, String replyTo) {
        return new Office(general, plus(contexts, name, Map.of("reply-to", replyTo)), users, relations);
    }

    /// @param address a free address; counts with `general`
    public Office context(String name, String replyTo, String address) {
        return new Office(general, plus(contexts, name, Map.of("reply-to", replyTo, "address", address)), users, relations);
    }

    /// One employee more; once there is any, only these count as senders.
    public Office user(String mailbox) {
        var more = new ArrayList<>(users);
        more.add(mailbox);
        return new Office(general, contexts, more, relations);
    }

    /// Who has a role on a client's card. The other roles on it stay.
    public Office relation(String id, String role, String... people) {
        var card = plus(relations.getOrDefault(id, Map.of()), role, List.of(people));
        return new Office(general, contexts, users, plus(relations, id, card));
    }

    private Office with(String key, Object value) {
        return new Office(plus(general, key, value), contexts, users, relations);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /// The text of its file.
    @Override
    public String toString() {
        var keys = new LinkedHashMap<>(general);
        keys.put("contexts", contexts);
        keys.put("users", users);
        keys.put("relations", relations);
        return Json.of(keys);
    }
}
