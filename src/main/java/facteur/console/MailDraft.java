package facteur.console;

import facteur.explain.CurrentRules;
import facteur.explain.Explainer;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.platform.config.Problem;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import facteur.store.Store;
import facteur.store.StoredOffice;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a form would make of an office's settings, which may have changed since it was made. Immutable.
///
/// @param now as they are kept
/// @param base what the form was made from
/// @param mine what it says
/// @param theirs what is kept now
record MailDraft(StoredOffice now, MailForm form, MailValues base, MailValues mine, MailValues theirs, MailMerge merge) {
    /// @return empty when there is no such office any more
    static Optional<MailDraft> of(Store store, OfficeId office, MailForm form) throws SQLException {
        var found = store.settings().office(office);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var now = found.get();
        var theirs = MailJson.read(now.settings());
        // Of a version that is no longer kept, nothing is known to be unchanged.
        var base = form.version() == now.settingsAt()
                ? theirs
                : store.history().settingsAt(office, form.version()).map(MailJson::read).orElse(MailValues.NONE);
        var mine = form.picked(form.values(base), base);
        return Optional.of(new MailDraft(now, form.filled(base), base, mine, theirs, MailMerge.of(base, mine, theirs)));
    }

    /// The settings that would be saved.
    JsonValue settings() {
        return MailJson.write(now.settings(), theirs, merge.merged());
    }

    /// Settings as a letter would use them.
    ///
    /// @param settings of use without problems only
    record Read(OfficeSettings settings, List<Problem> problems) {}

    Read read(CurrentRules rules) {
        var problems = new Problems();
        var section = JsonDocument.read(settings(), "office " + now.id(), problems);
        var settings = rules.reader().read(section, now.id(), Explainer.DRAFT);
        section.close();
        return new Read(settings, problems.list());
    }

    /// Points that both changed, or that were to be chosen and weren't.
    List<MailPoint> undecided() {
        return Stream.concat(merge.both().stream(), form.open().stream()).distinct().toList();
    }
}
