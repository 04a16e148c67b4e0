package facteur.console;

import facteur.mail.letter.QueueId;
import facteur.platform.config.Durations;
import facteur.spool.QueueFilter;
import facteur.spool.QueueStatus;
import facteur.web.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which letters of the queue a page is about: the filters of `facteur queue list`, under the same names. Immutable.
///
/// @param texts as they were typed, by name; those that are empty aren't there
record QueueSearch(SequencedMap<String, String> texts) {
    static final String STATE = "state";
    static final String OFFICE = "office";
    static final String RECIPIENT = "recipient";
    static final String UPSTREAM = "upstream";
    static final String OLDER_THAN = "older-than";
    static final List<String> NAMES = List.of(STATE, OFFICE, RECIPIENT, UPSTREAM, OLDER_THAN);

    private static final int LONGEST = 320;

    /// @param field what a query or a form says under a name
    static QueueSearch of(Function<String, Optional<String>> field) {
        var texts = new LinkedHashMap<String, String>();
        NAMES.forEach(name -> field.apply(name).map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> texts.put(name, text)));
        return new QueueSearch(texts);
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    boolean isFiltered() {
        return !texts.isEmpty();
    }

    /// What is no filter, in words.
    List<FieldProblem> problems(Texts words) {
        var problems = new ArrayList<FieldProblem>();
        if (texts.containsKey(STATE) && standings().isEmpty()) {
            problems.add(new FieldProblem(STATE, words.of("queue.state.wrong")));
        }
        if (texts.containsKey(RECIPIENT) && !text(RECIPIENT).contains("@")) {
            problems.add(new FieldProblem(RECIPIENT, words.of("log.address.wrong", text(RECIPIENT))));
        }
        if (texts.containsKey(OLDER_THAN) && age().isEmpty()) {
            problems.add(new FieldProblem(OLDER_THAN, words.of("queue.older-than.wrong")));
        }
        texts.forEach((name, text) -> {
            if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                problems.add(new FieldProblem(name, words.of("queue.filter.wrong")));
            }
        });
        return problems;
    }

    private TreeSet<QueueStatus> standings() {
        var words = List.of(text(STATE).split(",", -1));
        var known = Arrays.stream(QueueStatus.values()).filter(standing -> words.contains(standing.word())).toList();
        return known.size() == words.size() ? new TreeSet<>(known) : new TreeSet<>();
    }

    private Optional<Duration> age() {
        try {
            return Optional.of(Durations.parse(text(OLDER_THAN)));
        } catch (IllegalArgumentException otherText) {
            return Optional.empty();
        }
    }

    QueueFilter filter(Instant now) {
        return new QueueFilter(
                standings(),
                Optional.ofNullable(texts.get(OFFICE)),
                Optional.ofNullable(texts.get(RECIPIENT)),
                Optional.ofNullable(texts.get(UPSTREAM)),
                texts.containsKey(OLDER_THAN) ? age().map(now::minus) : Optional.empty());
    }

    /// The address of a page about these letters.
    ///
    /// @param more further fields
    String href(String path, Map<String, String> more) {
        var all = new LinkedHashMap<>(texts);
        all.putAll(more);
        return all.isEmpty() ? path : all.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    /// For a form that is about the same letters.
    List<Form.Field> fields() {
        return texts.entrySet().stream().map(each -> new Form.Field(each.getKey(), each.getValue())).toList();
    }

    /// As the command has them: `--office dupont`.
    String options() {
        return texts.isEmpty()
                ? "--all"
                : texts.entrySet().stream().map(each -> "--" + each.getKey() + " " + each.getValue()).collect(Collectors.joining(" "));
    }

    /// Ids between commas, as a page that was shown lists them; what isn't one is left out.
    static List<QueueId> ids(String text) {
        return Arrays.stream(text.split(",", -1)).flatMap(id -> QueueId.parse(id).stream()).toList();
    }
}
