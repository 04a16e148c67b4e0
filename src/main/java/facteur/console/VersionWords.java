package facteur.console;

import facteur.platform.json.JsonValue;
import facteur.store.Version;
import facteur.store.VersionDetail;
import java.util.List;
import java.util.Map;

/// What a version changed, in a few sentences. Immutable.
record VersionWords(Texts texts, ChangeWords words) {
    /// What the store notes by itself, and the text that says it.
    private static final Map<String, String> NOTED = Map.of(
            "people have taken the cards over", "history.cards.taken",
            "people have given the cards back", "history.cards.given");

    static VersionWords of(Visit visit) {
        return new VersionWords(visit.texts(), new ChangeWords(visit.texts(), visit.rules().roles()));
    }

    List<String> what(VersionDetail detail) {
        var version = detail.version();
        return switch (version.kind()) {
            case SETTINGS, REMOVED -> words.between(detail.before().orElse(JsonValue.NULL), detail.after().orElse(JsonValue.NULL)).stream()
                    .map(Change::sentence)
                    .toList();
            case CARDS -> List.of(version.cards() > 0 ? texts.of("history.cards", version.cards()) : keeper(version));
        };
    }

    /// A version that changes no card says who keeps them.
    private String keeper(Version version) {
        return NOTED.entrySet().stream()
                .filter(noted -> version.author().note().startsWith(noted.getKey()))
                .map(noted -> texts.of(noted.getValue()))
                .findFirst()
                .orElseGet(() -> texts.of("history.cards.keeper"));
    }

    /// Why, in the author's words; not what the store noted.
    String note(Version version) {
        var note = version.author().note();
        var noted = NOTED.keySet().stream().filter(note::startsWith).findFirst();
        return noted.map(start -> note.substring(start.length()).replaceFirst("^: ", "")).orElse(note);
    }
}
