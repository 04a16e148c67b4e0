package facteur.console;

import facteur.mail.letter.QueueId;
import facteur.spool.QueueAct;
import facteur.spool.QueueDesk;
import facteur.spool.QueueMove;
import facteur.spool.SpoolException;
import facteur.web.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The letters that a form is about: some that were marked, those of its page, or all that fit. Immutable.
///
/// @param ids of those that are named; empty for all that fit
/// @param at when the page was made: letters that came later weren't meant
record QueueSelection(Which which, QueueSearch search, List<QueueId> ids, Instant at) {
    static final String WHICH = "which";
    static final String LETTER = "letter";
    static final String SHOWN = "shown";
    static final String AT = "at";

    /// What the form says of it.
    enum Which {
        MARKED,
        PAGE,
        ALL;

        String word() {
            return switch (this) {
                case MARKED -> "marked";
                case PAGE -> "page";
                case ALL -> "all";
            };
        }

        private static Which of(String word) {
            return word.equals(ALL.word()) ? ALL : word.equals(PAGE.word()) ? PAGE : MARKED;
        }
    }

    /// @param now the latest that a page can have been made
    static QueueSelection of(Form form, Instant now) {
        var which = Which.of(form.text(WHICH));
        var ids = switch (which) {
            case MARKED -> form.all(LETTER).stream().flatMap(text -> QueueSearch.ids(text).stream()).distinct().toList();
            case PAGE -> QueueSearch.ids(form.text(SHOWN));
            case ALL -> List.<QueueId>of();
        };
        return new QueueSelection(which, QueueSearch.of(form::field), ids, at(form.text(AT), now));
    }

    private static Instant at(String millis, Instant now) {
        if (!millis.matches("\\d{1,15}")) {
            return now;
        }
        var at = Instant.ofEpochMilli(Long.parseLong(millis));
        return at.isBefore(now) ? at : now;
    }

    boolean isEmpty() {
        return which != Which.ALL && ids.isEmpty();
    }

    QueueMove.Selection letters() {
        return switch (which) {
            case MARKED, PAGE -> new QueueMove.Selection.Named(ids);
            case ALL -> new QueueMove.Selection.Fitting(search.filter(at).before(at.plusMillis(1)));
        };
    }

    /// How many letters an act would look at.
    long count(QueueAct act, QueueDesk desk) throws SpoolException {
        return switch (letters()) {
            case QueueMove.Selection.Named(var named) -> named.size();
            case QueueMove.Selection.Fitting(var filter) -> desk.count(act, filter);
        };
    }

    /// As `facteur` would do it.
    String command(QueueAct act) {
        return "queue " + act.word() + " " + switch (which) {
            case MARKED, PAGE -> ids.stream().map(QueueId::text).collect(Collectors.joining(" "));
            case ALL -> search.options();
        };
    }

    /// So that another form means the same letters.
    List<Form.Field> hidden() {
        var fields = new ArrayList<>(search.fields());
        fields.add(new Form.Field(AT, Long.toString(at.toEpochMilli())));
        fields.add(new Form.Field(WHICH, which.word()));
        if (which != Which.ALL) {
            fields.add(new Form.Field(which == Which.PAGE ? SHOWN : LETTER, ids.stream().map(QueueId::text).collect(Collectors.joining(","))));
        }
        return fields;
    }

    static Optional<QueueAct> act(String word) {
        return List.of(QueueAct.values()).stream().filter(act -> act.word().equals(word)).findFirst();
    }
}
