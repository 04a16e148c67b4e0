package facteur.cli;

import facteur.settings.WrittenOffice;
import facteur.store.Author;
import facteur.store.CardsResult;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.StoredOffice;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Brings offices from files into the database. One thread.
///
/// @param deleting how many cards of an office may go, however many that are of all
record OfficeImport(OpenStore settings, Author author, int deleting) {
    /// What came of one office.
    sealed interface Outcome {
        /// @param version of its last change
        record Done(ImportedOffice office, long version) implements Outcome {}

        record Refused(ImportedOffice office, String why) implements Outcome {}
    }

    List<ImportedOffice> plan(List<WrittenOffice> offices) throws SQLException {
        var plans = new ArrayList<ImportedOffice>();
        for (var office : offices) {
            plans.add(plan(office));
        }
        return plans;
    }

    private ImportedOffice plan(WrittenOffice office) throws SQLException {
        var stored = settings.store().settings().office(office.id());
        // A removed office leaves its cards behind.
        var cards = settings.cards(office.id());
        return new ImportedOffice(
                office,
                stored,
                office.cards().map(written -> ImportedCards.between(cards, written, settings.config().rules().roles()))
                        .orElseGet(() -> ImportedCards.none(cards.size())));
    }

    /// Why an office isn't imported without a word from the operator; empty when it is.
    Optional<String> objection(ImportedOffice office) {
        var cards = office.cards();
        var gone = cards.deleted().size();
        return cards.losesMany() && gone > deleting
                ? Optional.of(office.id() + ": the files lack " + gone + " of " + cards.total()
                        + " cards, which would be deleted; if that is meant, add --deleting " + gone)
                : Optional.empty();
    }

    Outcome write(ImportedOffice office) throws SQLException, IOException {
        var version = office.stored().map(StoredOffice::version).orElse(0L);
        if (office.changesSettings()) {
            var precondition =
                    office.stored().<Precondition>map(stored -> new Precondition.AtVersion(stored.settingsAt())).orElseGet(Precondition.Absent::new);
            var result = settings.store().settings().put(office.id(), office.written().settings(), precondition, author);
            if (ChangeReport.exitCode(result) != ExitCode.OK) {
                return refused(office, result);
            }
            version = ChangeReport.version(result);
        }
        if (!office.cards().isEmpty()) {
            var result = settings.importCards(office.id(), office.cards(), author);
            if (!(result instanceof CardsResult.Written(var counts))) {
                return new Outcome.Refused(office, office.id() + ": " + why(result));
            }
            version = counts.version();
        }
        return new Outcome.Done(office, version);
    }

    private static Outcome refused(ImportedOffice office, ChangeResult result) {
        return new Outcome.Refused(office, office.id() + ": " + ChangeReport.why(result));
    }

    private static String why(CardsResult result) {
        return switch (result) {
            case CardsResult.Written _ -> "";
            case CardsResult.Refused(_, var problems) ->
                problems.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
            case CardsResult.TooMany(var limit) -> "more than " + limit + " cards at once";
            case CardsResult.Busy _ -> "its cards are being written by another program; try again in a minute";
            case CardsResult.Missing _ -> "there is no such office in the database";
            case CardsResult.Conflict(_, var message) -> message;
            case CardsResult.WouldDelete(var count, var cards) -> count + " of " + cards + " cards would be deleted";
        };
    }
}
