package facteur.console;

import facteur.journal.RecentEvents;
import facteur.mail.letter.QueueId;
import facteur.spool.QueueCount;
import facteur.spool.QueueDesk;
import facteur.spool.QueueLine;
import facteur.spool.QueueMove;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import facteur.web.Form;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The queue. What is shown stays as it is until it is asked for again: letters come and go, and are told of beside. Immutable.
record QueuePage(Services services) {
    static final String PATH = "/queue";
    static final String MOVE = "move";
    private static final int LETTERS = 50;
    private static final String AFTER = "after";
    private static final String REFRESH = "refresh";
    private static final String OFF = "off";
    private static final String TOLD = "told";

    /// Ends the asking again, as htmx has it.
    private static final int STOP_POLLING = 286;

    List<Page> pages() {
        return List.of(
                Page.get(PATH, Page.Need.SEE_ALL, visit -> page(visit, 200, List.of(), search(visit))),
                Page.get(PATH + "/news", Page.Need.SEE_ALL, this::news),
                Page.get(PATH + "/progress", Page.Need.SEE_ALL, this::progress));
    }

    private static QueueSearch search(Visit visit) {
        return QueueSearch.of(visit.request()::query);
    }

    /// @param trouble with a form of this page
    Answer page(Visit visit, int status, List<FieldProblem> trouble, QueueSearch search) throws SQLException {
        try {
            var problems = Stream.concat(trouble.stream(), search.problems(visit.texts()).stream()).toList();
            return visit.page(problems.isEmpty() ? status : 422, "queue", model(visit, search, problems));
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private QueueModel model(Visit visit, QueueSearch search, List<FieldProblem> problems) throws SpoolException {
        var operations = services.operations();
        var desk = operations.queue();
        var words = new QueueWords(visit.view(), operations);
        var now = desk.now();
        var after = visit.request().isSafe() ? visit.request().query(AFTER) : Optional.<String>empty();
        var isReadable = search.problems(visit.texts()).isEmpty();
        var page = isReadable ? desk.page(search.filter(now), after, LETTERS) : new QueueDesk.Page(List.of(), Optional.empty());
        var shown = page.lines().stream().map(QueueLine::id).collect(Collectors.joining(","));
        var counts = desk.counts();
        var isRefreshing = visit.request().query(REFRESH).filter(OFF::equals).isEmpty();
        var move = visit.request().query(MOVE).map(id -> move(visit, id, words, search));
        return new QueueModel(
                words.summary(counts, move.isEmpty()),
                operations.status().inLastMinute(RecentEvents.Sort.RELAYED),
                visit.rights().operates(),
                states(visit, search),
                upstreams(visit, search),
                fields(visit, search, problems),
                problems,
                search.isFiltered(),
                page.lines().stream().map(words::row).toList(),
                !isReadable ? 0 : search.isFiltered() ? desk.count(search.filter(now)) : counts.stream().mapToLong(QueueCount::letters).sum(),
                hidden(search, now),
                shown,
                page.next().map(next -> search.href(PATH, Map.of(AFTER, next))),
                after.map(_ -> search.href(PATH, Map.of())),
                isRefreshing && isReadable ? Optional.of(news(search, now, shown)) : Optional.empty(),
                refresh(visit, search, isRefreshing),
                move,
                lately(words));
    }

    private static List<Form.Field> hidden(QueueSearch search, Instant now) {
        var fields = new ArrayList<>(search.fields());
        fields.add(new Form.Field(QueueSelection.AT, Long.toString(now.toEpochMilli())));
        return fields;
    }

    private static String news(QueueSearch search, Instant now, String shown) {
        return search.href(PATH + "/news", new LinkedHashMap<>(Map.of(
                QueueSelection.AT, Long.toString(now.toEpochMilli()), QueueSelection.SHOWN, shown)));
    }

    private static String refresh(Visit visit, QueueSearch search, boolean isRefreshing) {
        var more = new LinkedHashMap<String, String>();
        if (visit.request().isSafe()) {
            visit.request().query(AFTER).ifPresent(after -> more.put(AFTER, after));
        }
        if (isRefreshing) {
            more.put(REFRESH, OFF);
        }
        return search.href(PATH, more);
    }

    private static QueueModel.Choice states(Visit visit, QueueSearch search) {
        return choice(visit, QueueSearch.STATE, search, Stream.of("active", "deferred", "hold")
                .collect(Collectors.toMap(word -> word, word -> visit.say("queue.state." + word), (a, _) -> a, LinkedHashMap::new)));
    }

    private QueueModel.Choice upstreams(Visit visit, QueueSearch search) {
        return choice(visit, QueueSearch.UPSTREAM, search, services.operations().upstreams().stream()
                .map(Operations.Hop::name)
                .collect(Collectors.toMap(name -> name, name -> name, (a, _) -> a, LinkedHashMap::new)));
    }

    /// One that is in the address, and isn't in the list, stays chosen.
    private static QueueModel.Choice choice(Visit visit, String name, QueueSearch search, LinkedHashMap<String, String> known) {
        var chosen = search.text(name);
        var options = new ArrayList<QueueModel.Option>();
        options.add(new QueueModel.Option("", visit.say("queue.any"), chosen.isEmpty()));
        known.forEach((value, text) -> options.add(new QueueModel.Option(value, text, value.equals(chosen))));
        if (!chosen.isEmpty() && !known.containsKey(chosen)) {
            options.add(new QueueModel.Option(chosen, chosen, true));
        }
        return new QueueModel.Choice(name, visit.say("queue." + name), options);
    }

    private static List<TextField> fields(Visit visit, QueueSearch search, List<FieldProblem> problems) {
        return Stream.of(QueueSearch.OFFICE, QueueSearch.RECIPIENT, QueueSearch.OLDER_THAN)
                .map(name -> {
                    var field = TextField.of(name, visit.say("queue." + name), search.text(name)).among(problems);
                    return name.equals(QueueSearch.OFFICE) ? field : field.hint(visit.say("queue." + name + ".hint"));
                })
                .toList();
    }

    private List<QueueModel.Lately> lately(QueueWords words) {
        return services.operations().moves().latest().stream()
                .limit(5)
                .map(move -> words.lately(move, PATH + "?" + MOVE + "=" + move.id()))
                .toList();
    }

    /// What has changed since the page was made. Says nothing twice.
    private Answer news(Visit visit) throws SQLException {
        var search = search(visit);
        var told = visit.request().query(TOLD).orElse("");
        var at = Instant.ofEpochMilli(visit.request().number(QueueSelection.AT, 0, 9_999_999_999_999L).orElse(0L));
        var shown = QueueSearch.ids(visit.request().query(QueueSelection.SHOWN).orElse("")).stream().limit(LETTERS).toList();
        try {
            var news = news(search, at, shown);
            return news.mark().equals(told) ? Answer.empty(204) : visit.page(200, "queue-news", news);
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private QueueNewsModel news(QueueSearch search, Instant at, List<QueueId> shown) throws SpoolException {
        var desk = services.operations().queue();
        var filter = search.filter(desk.now());
        return new QueueNewsModel(
                desk.countSince(filter, at), shown.size() - desk.among(filter, shown).size(), search.href(PATH, Map.of()));
    }

    /// The box that tells how far a move is, alone.
    private Answer progress(Visit visit) {
        var words = new QueueWords(visit.view(), services.operations());
        var move = move(visit, visit.request().query(MOVE).orElse(""), words, search(visit));
        return visit.page(move.isRunning() ? 200 : STOP_POLLING, "queue-move", move);
    }

    private MoveModel move(Visit visit, String id, QueueWords words, QueueSearch search) {
        return services.operations().moves().find(id)
                .map(move -> words.move(move, visit.rights().operates(), search))
                .orElseGet(() -> new MoveModel(
                        "", visit.say("queue.move.unknown"), false, 0, 0, List.of(), List.of(), Optional.empty(), false, List.of(), PATH, PATH));
    }

    /// To the page again, which tells of the move.
    static Answer seeMove(QueueSearch search, QueueMove move) {
        return Answer.seeOther(search.href(PATH, Map.of(MOVE, move.id())));
    }
}
