package facteur.spool;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a page of the queue begins: behind a letter, by the state and the due time that it had.
record PageStart(QueueStatus standing, ListRows.Place place) {
    static final PageStart FIRST = new PageStart(QueueStatus.ACTIVE, ListRows.Place.START);

    private static final Pattern FORM = Pattern.compile("(active|deferred|hold)\\.(-?\\d{1,18})\\.([!-~]{1,64})");

    static PageStart behind(QueueLine line) {
        return new PageStart(line.standing(), ListRows.Place.after(line));
    }

    static Optional<PageStart> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new PageStart(
                        QueueStatus.of(form.group(1)), new ListRows.Place(Long.parseLong(form.group(2)), form.group(3))))
                : Optional.empty();
    }

    String text() {
        return standing.word() + "." + place.dueAtMillis() + "." + place.letterId();
    }
}
