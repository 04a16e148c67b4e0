package facteur.console;

import facteur.office.OfficeId;
import facteur.store.Author;
import facteur.store.CardCounts;
import facteur.store.CardImport;
import facteur.store.CardPlan;
import facteur.store.CardPushes;
import facteur.store.CardsResult;
import facteur.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.OptionalLong;

/// Takes a file of clients over, as one version, if it does what was shown. For one file.
record ImportRun(Store store, OfficeId office, Path file, Author author) {
    /// Columns that a file doesn't have stay as they are; bad lines are left out, and were shown.
    static final CardImport.Options OPTIONS =
            new CardImport.Options(CardImport.Format.CSV, CardImport.Mode.MERGE, CardImport.OnError.SKIP);

    /// What came of it.
    sealed interface Outcome {}

    /// @param skipped lines with problems
    /// @param isRemovalLeft clients that the file doesn't name were to be removed, and are there: their number had changed meanwhile
    record Taken(long version, long skipped, boolean isRemovalLeft) implements Outcome {}

    /// It would do something else by now than what was shown. Nothing was done.
    record Other() implements Outcome {}

    /// Cards are being written by another request.
    record NotNow() implements Outcome {}

    /// The cards are no longer kept here.
    record NotHere() implements Outcome {}

    /// What was shown, in short.
    static String fingerprint(CardPlan.Known plan) {
        var counts = plan.counts();
        return counts.created() + "-" + counts.changed() + "-" + counts.deleted() + "-" + plan.unnamed();
    }

    static boolean doesAnything(CardCounts counts) {
        return counts.created() + counts.changed() + counts.deleted() > 0;
    }

    /// @param seen the fingerprint of what was shown
    /// @param isRemoving whether clients that the file doesn't name go
    Outcome run(String seen, boolean isRemoving) throws SQLException, IOException {
        if (!(store.imports().plan(office, file, OPTIONS) instanceof CardPlan.Known plan) || !fingerprint(plan).equals(seen)) {
            return new Other();
        }
        return isRemoving && !plan.isVague() && plan.unnamed() > 0 ? withRemoval(plan)
                : outcome(store.imports().run(office, file, OPTIONS, author), false);
    }

    private Outcome withRemoval(CardPlan.Known plan) throws SQLException, IOException {
        return switch (store.pushes().begin(office, author)) {
            case CardPushes.NotBegun(var why) -> outcome(why, false);
            case CardPushes.Begun(var push, _) -> {
                var added = store.pushes().add(office, push, file, OPTIONS, author);
                if (!(added instanceof CardsResult.Written)) {
                    // Otherwise it would keep pushes of apps out for an hour.
                    var _ = store.pushes().finish(office, push, CardPushes.Rest.KEEP, OptionalLong.empty(), author);
                    yield outcome(added, false);
                }
                var finished = store.pushes().finish(office, push, CardPushes.Rest.DELETE, OptionalLong.of(plan.unnamed()), author);
                yield finished instanceof CardsResult.Written
                        ? outcome(finished, false)
                        : outcome(store.pushes().finish(office, push, CardPushes.Rest.KEEP, OptionalLong.empty(), author), true);
            }
        };
    }

    private static Outcome outcome(CardsResult result, boolean isRemovalLeft) {
        return switch (result) {
            case CardsResult.Written(var counts) -> new Taken(counts.version(), counts.refusals(), isRemovalLeft);
            case CardsResult.Busy _ -> new NotNow();
            case CardsResult.Conflict(var code, _) -> code.equals("cards-kept-by") ? new NotHere() : new NotNow();
            case CardsResult.Missing _ -> new NotHere();
            case CardsResult.Refused _, CardsResult.TooMany _, CardsResult.WouldDelete _ -> new Other();
        };
    }
}
