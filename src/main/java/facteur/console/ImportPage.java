package facteur.console;

import facteur.platform.config.Problem;
import facteur.store.BulkBusyException;
import facteur.store.BulkSlots;
import facteur.store.CardCounts;
import facteur.store.CardPlan;
import facteur.store.CardsResult;
import facteur.store.CsvCells;
import facteur.web.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/o/{office}/clients/import`: clients from a file. What it would do is shown first; nothing is written until that is taken over.
/// Thread-safe.
record ImportPage(Services services, StagedFiles files) {
    private static final String PATH = ClientsPage.PATH + "/import";
    private static final String LOOK = PATH + "/look";
    private static final String FILE = "file";
    private static final String TEXT = "text";

    /// Of the first thousand that the store names.
    private static final int MOST_SHOWN = 200;

    List<Page> pages() {
        return List.of(
                Page.ofOffice(PATH, visit -> form(visit, 200, List.of())),
                Page.change(PATH, this::stage),
                Page.ofOffice(LOOK, this::look),
                Page.change(PATH + "/take", this::take));
    }

    private Answer form(Visit visit, int status, List<FieldProblem> problems) throws SQLException {
        var keeper = CardKeeper.of(visit, services);
        var roles = visit.rules().roles();
        var columns = Stream.concat(
                Stream.of(
                        new ImportModel.Column("relation", visit.say("clients.import.relation")),
                        new ImportModel.Column("name", visit.say("clients.import.name"))),
                roles.list().stream().map(role -> new ImportModel.Column(
                        role.name(), visit.say("clients.import.role", roles.label(role, visit.texts().language())))))
                .toList();
        var example = "relation,name," + roles.list().getFirst().name() + "," + roles.list().getLast().name()
                + "\nR-1042,Bakkerij Peeters,Jan Janssens <jan@dupont.example>,\"an@dupont.example, kim@dupont.example\"";
        return visit.page(status, "client-import", new ImportModel(
                base(visit), keeper, visit.mayWrite() && keeper.isHere(), problems, columns, example));
    }

    private static String base(Visit visit) {
        return Href.ofOffice(visit.office(), ClientsPage.PATH).text();
    }

    private boolean mayChange(Visit visit) throws SQLException {
        return visit.mayWrite() && CardKeeper.of(visit, services).isHere();
    }

    /// Puts the file aside, and shows it by a page that can be asked for again.
    private Answer stage(Visit visit) throws SQLException, IOException {
        if (!mayChange(visit)) {
            return Answer.seeOther(base(visit));
        }
        services.store().requireRoom();
        var form = visit.request().formWithFile();
        var upload = form.file(FILE);
        var text = form.text(TEXT);
        if (upload.isPresent() && Files.size(upload.get().file()) > 0) {
            return shown(visit, files.keep(upload.get(), visit.office(), visit.session().id()));
        }
        return text.isBlank()
                ? form(visit, 422, List.of(new FieldProblem(FILE, visit.say("clients.import.nothing"))))
                : shown(visit, files.keep(text, visit.office(), visit.session().id()));
    }

    private static Answer shown(Visit visit, String id) {
        return Answer.seeOther(Href.ofOffice(visit.office(), LOOK).with(FILE, id).text());
    }

    private Answer look(Visit visit) throws SQLException, IOException {
        var id = visit.request().query(FILE).orElse("");
        var file = files.find(id, visit.office(), visit.session().id());
        if (file.isEmpty() || !mayChange(visit)) {
            return gone(visit);
        }
        var problems = visit.request().query("again").isPresent()
                ? List.of(new FieldProblem("", visit.say("clients.import.changed")))
                : List.<FieldProblem>of();
        return plan(visit, 200, id, file.get(), problems);
    }

    /// It was used up, it is too old, or it lies on another node.
    private Answer gone(Visit visit) throws SQLException {
        return form(visit, 404, List.of(new FieldProblem(FILE, visit.say("clients.import.gone"))));
    }

    private Answer plan(Visit visit, int status, String id, Path file, List<FieldProblem> problems) throws SQLException, IOException {
        try (var _ = services.store().slots().work()) {
            return plan(visit, status, id, file, services.store().imports().plan(visit.office(), file, ImportRun.OPTIONS), problems);
        } catch (BulkBusyException busy) {
            return form(visit, 503, List.of(new FieldProblem("", visit.say("clients.import.busy")))).with("Retry-After", "5");
        }
    }

    private Answer plan(
            Visit visit, int status, String id, Path file, CardPlan plan, List<FieldProblem> problems) throws SQLException, IOException {
        return switch (plan) {
            case CardPlan.Known known -> visit.page(status, "client-import-look", new ImportPlanModel(
                    base(visit),
                    id,
                    ImportRun.fingerprint(known),
                    problems,
                    counts(visit, known.counts()),
                    known.counts().refusals(),
                    found(visit, file, known.counts().refused()),
                    Math.max(0, known.counts().refused().size() - MOST_SHOWN),
                    known.unnamed(),
                    !known.isVague() && known.unnamed() > 0,
                    ImportRun.doesAnything(known.counts()) || !known.isVague() && known.unnamed() > 0));
            case CardPlan.Unknown(var why) -> unusable(visit, id, file, why);
        };
    }

    private Answer unusable(Visit visit, String id, Path file, CardsResult why) throws SQLException, IOException {
        return switch (why) {
            case CardsResult.Refused(var count, var problems) -> visit.page(422, "client-import-look", new ImportPlanModel(
                    base(visit), id, "", List.of(), List.of(), count, found(visit, file, problems), 0, 0, false, false));
            case CardsResult.TooMany(var limit) -> form(visit, 422, List.of(new FieldProblem(FILE, visit.say("clients.import.too-many", limit))));
            case CardsResult.Missing _ -> visit.notFound();
            case CardsResult.Written _, CardsResult.Busy _, CardsResult.Conflict _, CardsResult.WouldDelete _ ->
                throw new IllegalStateException("not an answer to a plan: " + why);
        };
    }

    private static List<String> counts(Visit visit, CardCounts counts) {
        var words = new ArrayList<String>();
        words.add(visit.say("clients.import.new", counts.created()));
        words.add(visit.say("clients.import.change", counts.changed()));
        words.add(visit.say("clients.import.same", counts.unchanged()));
        if (counts.deleted() > 0) {
            words.add(visit.say("clients.import.deleted", counts.deleted()));
        }
        return words;
    }

    private static List<ImportProblem> found(Visit visit, Path file, List<Problem> problems) throws IOException {
        var shown = problems.stream().limit(MOST_SHOWN).toList();
        var cells = CsvCells.read(file, shown.stream().map(Problem::line).collect(Collectors.toSet()));
        var texts = new ImportTexts(visit.texts(), visit.rules().roles(), cells);
        return shown.stream().map(texts::of).toList();
    }

    private Answer take(Visit visit) throws SQLException, IOException {
        if (!mayChange(visit)) {
            return Answer.seeOther(base(visit));
        }
        var form = visit.request().form();
        var id = form.text(FILE);
        try (var _ = slot(visit); var claim = new Claimed(files.claim(id, visit.office(), visit.session().id()))) {
            if (claim.file().isEmpty()) {
                return gone(visit);
            }
            var run = new ImportRun(services.store(), visit.office(), claim.file().get().path(), visit.author(form.text("note")));
            var outcome = run.run(form.text("seen"), form.has("remove"));
            if (!(outcome instanceof ImportRun.Taken)) {
                claim.file().get().giveBack();
            }
            return answer(visit, outcome, id);
        } catch (BulkBusyException busy) {
            return busy(visit, id);
        }
    }

    /// A file that may be there. One thread.
    private record Claimed(Optional<StagedFiles.Claim> file) implements AutoCloseable {
        @Override
        public void close() {
            file.ifPresent(StagedFiles.Claim::close);
        }
    }

    private BulkSlots.Slot slot(Visit visit) throws BulkBusyException {
        var own = services.store().slots().take(visit.office());
        try {
            var work = services.store().slots().work();
            return () -> {
                work.close();
                own.close();
            };
        } catch (BulkBusyException busy) {
            own.close();
            throw busy;
        }
    }

    private Answer answer(Visit visit, ImportRun.Outcome outcome, String id) throws SQLException, IOException {
        return switch (outcome) {
            case ImportRun.Taken(var version, var skipped, var isRemovalLeft) -> Answer.seeOther(Href.ofOffice(visit.office(), ClientsPage.PATH)
                    .with("imported", version)
                    .with("skipped", skipped == 0 ? "" : Long.toString(skipped))
                    .with("kept", isRemovalLeft ? "yes" : "")
                    .text());
            case ImportRun.Other() -> Answer.seeOther(Href.ofOffice(visit.office(), LOOK).with(FILE, id).with("again", "yes").text());
            case ImportRun.NotNow() -> busy(visit, id);
            case ImportRun.NotHere() -> Answer.seeOther(base(visit));
        };
    }

    private Answer busy(Visit visit, String id) throws SQLException, IOException {
        var file = files.find(id, visit.office(), visit.session().id());
        return file.isEmpty() ? gone(visit) : plan(visit, 409, id, file.get(), List.of(new FieldProblem("", visit.say("clients.import.busy"))));
    }
}
