package facteur.store;

import facteur.mail.message.DisplayName;
import facteur.mail.message.Mailbox;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.InvalidValueException;
import facteur.platform.config.Nearest;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.json.JsonValue;
import facteur.settings.PeopleTexts;
import facteur.settings.SettingsCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a card from JSON, such as `{"relation": "R-1042", "name": "Peeters", "partner": ["Jan <jan@dupont.example>"]}`: a text or a list of texts
/// for each listed role. An empty list, a blank text and `null` empty what they name. One thread.
final class CardInputReader {
    static final String RELATION = "relation";
    static final String NAME = "name";
    static final String DELETE = "delete";

    private final Roles roles;
    private final List<String> known;
    private final Set<String> names;
    private final PeopleTexts texts = new PeopleTexts();

    /// @param roles that a card may name
    CardInputReader(Roles roles) {
        this.roles = roles;
        this.known = Stream.concat(Stream.of(RELATION, NAME, DELETE), roles.names().stream()).toList();
        this.names = Set.copyOf(roles.names());
    }

    Roles roles() {
        return roles;
    }

    /// @param problems gets all that is wrong with it
    /// @return empty when anything is
    Optional<CardInput> read(JsonValue value, LineProblems problems) {
        if (!(value instanceof JsonValue.Members(var members))) {
            problems.add("", ProblemCode.VALUE_TYPE, "must be an object, such as {\"relation\": \"R-1042\", …}");
            return Optional.empty();
        }
        var relation = Optional.<RelationId>empty();
        var isDeletion = false;
        var name = Optional.<String>empty();
        var people = new LinkedHashMap<String, List<String>>();
        for (var member : members.entrySet()) {
            var key = member.getKey();
            switch (key) {
                case RELATION -> relation = text(key, member.getValue(), problems).flatMap(text -> relation(text, problems));
                case NAME -> name = text(key, member.getValue(), problems).map(DisplayName::visible);
                case DELETE -> isDeletion = flag(member.getValue(), problems);
                default -> {
                    if (names.contains(key)) {
                        people.put(key, people(key, member.getValue(), problems));
                    } else {
                        problems.add(unknown(problems, key));
                    }
                }
            }
        }
        if (!members.containsKey(RELATION)) {
            problems.add(RELATION, ProblemCode.VALUE_MISSING, "is missing");
        }
        return problems.isEmpty() ? Optional.of(new CardInput(relation.orElseThrow(), isDeletion, name, people)) : Optional.empty();
    }

    Optional<RelationId> relation(String text, LineProblems problems) {
        var relation = RelationId.parse(text.strip());
        if (relation.isEmpty()) {
            problems.add(RELATION, SettingsCode.RELATION_INVALID, "not a relation id: empty, over 128 characters, or with control characters");
        }
        return relation;
    }

    /// The people that a text names, each as it is written back.
    List<String> people(String key, String text, LineProblems problems) {
        if (text.isBlank()) {
            return List.of();
        }
        try {
            return texts.read(text);
        } catch (InvalidValueException e) {
            problems.add(key, e.code(), String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private List<String> people(String key, JsonValue value, LineProblems problems) {
        return switch (value) {
            case JsonValue.Null() -> List.of();
            case JsonValue.Text(var text) -> people(key, text, problems);
            case JsonValue.Array(var elements) -> {
                var people = new ArrayList<String>();
                for (var element : elements) {
                    switch (element) {
                        case JsonValue.Null() -> {}
                        case JsonValue.Text(var text) -> people.addAll(people(key, text, problems));
                        case JsonValue.Number _, JsonValue.Bool _, JsonValue.Array _, JsonValue.Members _ ->
                            problems.add(key, ProblemCode.VALUE_TYPE, "must be a list of texts, each a mailbox");
                    }
                }
                yield List.copyOf(people);
            }
            case JsonValue.Number _, JsonValue.Bool _, JsonValue.Members _ -> {
                problems.add(key, ProblemCode.VALUE_TYPE, "must be a mailbox, or a list of them");
                yield List.of();
            }
        };
    }

    /// `null` is an empty one.
    private static Optional<String> text(String key, JsonValue value, LineProblems problems) {
        return switch (value) {
            case JsonValue.Text(var text) -> Optional.of(text);
            case JsonValue.Null() -> Optional.of("");
            case JsonValue.Number(var number) -> {
                problems.add(key, ProblemCode.VALUE_TYPE, "must be a text: \"" + number + "\"");
                yield Optional.empty();
            }
            case JsonValue.Bool _, JsonValue.Array _, JsonValue.Members _ -> {
                problems.add(key, ProblemCode.VALUE_TYPE, "must be a text");
                yield Optional.empty();
            }
        };
    }

    private static boolean flag(JsonValue value, LineProblems problems) {
        if (value instanceof JsonValue.Bool(var isTrue)) {
            return isTrue;
        }
        problems.add(DELETE, ProblemCode.VALUE_TYPE, "must be true or false");
        return false;
    }

    private Problem unknown(LineProblems problems, String key) {
        return problems.problem(key, ProblemCode.KEY_UNKNOWN, "unknown key" + Nearest.hint(key, known), Nearest.of(key, known));
    }

    /// The people of a card as they are compared with what is odd in them.
    static Map<String, List<Mailbox>> mailboxes(CardInput card) {
        var people = new LinkedHashMap<String, List<Mailbox>>();
        card.people().forEach((role, texts) -> people.put(role, texts.stream().flatMap(text -> Mailbox.parse(text).stream()).toList()));
        return people;
    }
}
