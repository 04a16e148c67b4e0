package facteur.console;

import facteur.store.VersionDetail;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Where two people have changed the same: the page that lets the later one choose. One thread.
///
/// @param draft with something to be chosen
record MailConflict(Visit visit, Services services, MailWords words, MailDraft draft) {
    Answer page() throws SQLException {
        var version = draft.now().settingsAt();
        var author = services.store().history().version(visit.office(), version)
                .map(VersionDetail::version)
                .map(saved -> saved.author().shown())
                .orElse("?");
        return visit.page(409, "mail-conflict", new MailConflictModel(
                "/o/" + visit.office() + "/mail",
                draft.theirs().get(MailPoint.COMPANY_NAME),
                visit.say("mail.conflict", author, Long.toString(version)),
                hidden(version),
                draft.undecided().stream().map(this::point).toList(),
                draft.form().get(MailFields.NOTE)));
    }

    /// The merged form, made from the settings as they are now.
    private List<MailConflictModel.Field> hidden(long version) {
        var form = MailForm.of(version, draft.merge().merged());
        var hidden = new ArrayList<MailConflictModel.Field>();
        hidden.add(new MailConflictModel.Field(MailFields.VERSION, Long.toString(version)));
        form.kinds().forEach(kind -> hidden.add(new MailConflictModel.Field(MailFields.KIND, kind)));
        form.fields().forEach((name, value) -> {
            // That is an operator's alone.
            if (!name.equals(MailFields.SANDBOX) || draft.form().fields().containsKey(MailFields.SANDBOX_SHOWN)) {
                hidden.add(new MailConflictModel.Field(name, value));
            }
        });
        List.of(MailFields.CLIENT, MailFields.WRITER, MailFields.SANDBOX_SHOWN).forEach(name -> {
            if (draft.form().fields().containsKey(name)) {
                hidden.add(new MailConflictModel.Field(name, draft.form().get(name)));
            }
        });
        return hidden;
    }

    private MailConflictModel.Point point(MailPoint point) {
        return new MailConflictModel.Point(
                point.key(),
                MailFields.pick(point),
                words.label(point),
                words.value(point, draft.base().get(point)),
                words.value(point, draft.merge().merged().get(point)),
                words.value(point, draft.theirs().get(point)),
                draft.form().get(MailFields.pick(point)));
    }
}
