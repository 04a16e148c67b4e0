package facteur.console;

import facteur.mail.letter.Provenance;
import facteur.office.OfficeId;
import facteur.spool.LetterHistory;
import facteur.spool.OfficeLog;
import facteur.spool.SpoolException;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The message log, of one office or of all. Immutable.
record LogPage(Services services) {
    static final int LETTERS = 50;
    private static final String ALL = "/log";

    List<Page> pages() {
        return List.of(
                Page.ofOffice("/log", visit -> list(visit, Optional.of(visit.office()))),
                Page.get(ALL, Page.Need.SEE_ALL, visit -> list(visit, Optional.empty())));
    }

    static String path(Optional<OfficeId> office) {
        return office.map(id -> "/o/" + id.text() + "/log").orElse(ALL);
    }

    private Answer list(Visit visit, Optional<OfficeId> office) throws SQLException {
        var search = LogSearch.of(visit.request());
        if (search.id().isPresent()) {
            return Answer.seeOther(path(office) + "/" + search.id().get());
        }
        var problems = search.problems(visit.texts());
        try {
            var page = problems.isEmpty() ? page(visit, office, search) : new OfficeLog.Page(List.of(), Optional.empty(), Optional.empty());
            return visit.page(problems.isEmpty() ? 200 : 422, "log", model(visit, office, search, problems, page));
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private OfficeLog.Page page(Visit visit, Optional<OfficeId> office, LogSearch search) throws SpoolException {
        var filter = search.filter(visit.zone());
        return office.isPresent()
                ? services.log().letters(new Provenance.Office(office.get().text()), filter, search.after(), LETTERS)
                : services.log().letters(filter, search.after(), LETTERS);
    }

    private LogModel model(
            Visit visit, Optional<OfficeId> office, LogSearch search, List<FieldProblem> problems, OfficeLog.Page page) throws SQLException {
        var path = path(office);
        var words = new LetterWords(visit.view(), services.store());
        var rows = new ArrayList<LogModel.Row>();
        for (var letter : page.letters()) {
            rows.add(row(letter, path, words));
        }
        return new LogModel(
                path,
                office.isEmpty(),
                TextField.of(LogSearch.ADDRESS, visit.say("log.address"), search.address()).hint(visit.say("log.address.hint")).among(problems),
                TextField.of(LogSearch.SINCE, visit.say("log.since"), search.since()).type("date").among(problems),
                problems,
                rows,
                search.isFiltered(),
                search.after().isEmpty(),
                page.next().map(next -> search.href(path, Optional.of(next))),
                page.lookedBackTo());
    }

    private static LogModel.Row row(LetterHistory letter, String path, LetterWords words) throws SQLException {
        return new LogModel.Row(
                path + "/" + letter.id(),
                letter.acceptedAt(),
                letter.provenance().office().text(),
                words.kind(letter),
                words.client(letter),
                letter.provenance().sender().text(),
                LogModel.Party.of(letter.named().from()),
                LogModel.Party.of(letter.named().replyTo()),
                words.recipients(letter),
                words.state(letter));
    }
}
