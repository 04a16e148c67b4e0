package facteur.console;

import facteur.mail.letter.QueueId;
import facteur.platform.idna.DomainName;
import facteur.spool.OfficeLog;
import facteur.spool.OfficeLogFilter;
import facteur.web.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is looked for in the message log, as it stands in the address of the page. Immutable.
///
/// @param address as it was typed
/// @param since as the browser writes a date: `2026-11-30`
/// @param after where the page begins, if it isn't the first
record LogSearch(String address, String since, Optional<String> after) {
    /// Fields of the query.
    static final String ADDRESS = "address";
    static final String SINCE = "since";
    static final String AFTER = "after";

    static LogSearch of(Request request) {
        return new LogSearch(
                request.query(ADDRESS).orElse("").strip(),
                request.query(SINCE).orElse("").strip(),
                request.query(AFTER).filter(OfficeLog::isPlace));
    }

    boolean isFiltered() {
        return !address.isEmpty() || !since.isEmpty();
    }

    /// A letter's id was typed.
    Optional<QueueId> id() {
        return QueueId.parse(address);
    }

    /// What isn't an address, in words.
    List<FieldProblem> problems(Texts texts) {
        var problems = new ArrayList<FieldProblem>();
        if (!address.isEmpty() && wanted().isEmpty()) {
            problems.add(new FieldProblem(ADDRESS, texts.of("log.address.wrong", address)));
        }
        if (!since.isEmpty() && day().isEmpty()) {
            problems.add(new FieldProblem(SINCE, texts.of("log.since.wrong")));
        }
        return problems;
    }

    /// `example.org` is taken for `@example.org`.
    private Optional<String> wanted() {
        if (address.isEmpty() || address.length() > 320 || address.chars().anyMatch(c -> Character.isISOControl(c) || c == ' ')) {
            return Optional.empty();
        }
        if (address.contains("@")) {
            return Optional.of(address);
        }
        return address.contains(".") && DomainName.ascii(address).isPresent() ? Optional.of("@" + address) : Optional.empty();
    }

    private Optional<LocalDate> day() {
        try {
            return Optional.of(LocalDate.parse(since)).filter(day -> day.getYear() > 1970 && day.getYear() < 9999);
        } catch (DateTimeParseException otherText) {
            return Optional.empty();
        }
    }

    OfficeLogFilter filter(ZoneId zone) {
        return new OfficeLogFilter(wanted(), day().map(day -> day.atStartOfDay(zone).toInstant()), Optional.empty());
    }

    /// The address of another page of the same search.
    String href(String path, Optional<String> place) {
        var parts = new ArrayList<String>();
        if (!address.isEmpty()) {
            parts.add(ADDRESS + "=" + encoded(address));
        }
        if (!since.isEmpty()) {
            parts.add(SINCE + "=" + encoded(since));
        }
        place.ifPresent(at -> parts.add(AFTER + "=" + at));
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
