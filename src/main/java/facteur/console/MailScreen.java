package facteur.console;

import facteur.explain.CurrentRules;
import facteur.explain.Explainer;
import facteur.mail.message.Mailbox;
import facteur.office.OfficeSettings;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonDocument;
import facteur.store.StoredOffice;
import facteur.store.VersionDetail;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The page of mail settings in one visit: the same page after each thing that its form does. One thread.
final class MailScreen {
    private static final String TEMPLATE = "mail";

    private final Visit visit;
    private final Services services;
    private final CurrentRules rules;
    private final StoredOffice stored;
    private final MailView view;
    private final OfficeSettings settings;
    private final boolean isUsable;

    MailScreen(Visit visit, Services services, MailHints hints, StoredOffice stored) throws SQLException {
        this.visit = visit;
        this.services = services;
        this.stored = stored;
        rules = visit.rules();
        view = new MailView(visit, services, hints, rules, Optional.of(stored.version()));
        var problems = new Problems();
        var section = JsonDocument.read(stored.settings(), "office " + stored.id(), problems);
        settings = rules.reader().read(section, stored.id(), Explainer.DRAFT);
        section.close();
        isUsable = problems.isEmpty();
    }

    /// What is shown, besides the settings.
    ///
    /// @param draft what a change would make of them, to be seen in examples
    /// @param unsaved a sentence, when the form isn't what is saved
    /// @param opened a kind whose fields are to be seen
    record Shown(
            MailForm form,
            List<FieldProblem> problems,
            Optional<OfficeSettings> draft,
            String unsaved,
            String opened,
            Optional<MailModel.Done> done,
            Optional<MailModel.Replay> replay) {
        static Shown of(MailForm form) {
            return new Shown(form, List.of(), Optional.empty(), "", "", Optional.empty(), Optional.empty());
        }

        Shown wrong(List<FieldProblem> found) {
            return new Shown(form, found, draft, unsaved, opened, done, replay);
        }

        Shown trying(OfficeSettings other) {
            return new Shown(form, problems, Optional.of(other), unsaved, opened, done, replay);
        }

        Shown unsaved(String sentence) {
            return new Shown(form, problems, draft, sentence, opened, done, replay);
        }

        Shown open(String kind) {
            return new Shown(form, problems, draft, unsaved, kind, done, replay);
        }

        Shown after(Optional<MailModel.Done> what) {
            return new Shown(form, problems, draft, unsaved, opened, what, replay);
        }

        Shown with(MailModel.Replay tried) {
            return new Shown(form, problems, draft, unsaved, opened, done, Optional.of(tried));
        }
    }

    CurrentRules rules() {
        return rules;
    }

    MailWords words() {
        return view.words();
    }

    MailProblems problems(MailForm form) {
        return new MailProblems(visit.texts(), form, view.returns()::shows);
    }

    MailModel.Replay replay(OfficeSettings draft) throws SQLException {
        return view.replay(draft);
    }

    /// Instead of examples.
    MailModel.Wrong wrong(MailForm form, List<FieldProblem> problems) {
        return view.wrong(form, problems);
    }

    /// The examples alone.
    MailModel.Preview preview(MailForm form, Optional<OfficeSettings> draft, String problem) throws SQLException {
        return view.preview(form, settings.users(), draft, problem);
    }

    Answer page(int status, Shown shown) throws SQLException {
        var form = shown.form();
        var isTouched = !shown.unsaved().isEmpty() || !shown.problems().isEmpty();
        var warnings = isTouched ? List.<FieldProblem>of() : warnings(form);
        var preview = preview(form, shown.draft(), shown.problems().isEmpty() ? "" : visit.say("mail.preview.problem"));
        var fields = view.fields(form, shown.problems(), warnings, preview, shown.opened());
        var listed = settings.users().stream().map(Mailbox::address).map(address -> address.mailboxKey()).collect(Collectors.toSet());
        var model = new MailModel(
                path(),
                name(),
                visit.mayWrite() ? MailModel.Use.SAVE : MailModel.Use.TRY,
                last(),
                shown.done(),
                sentences(),
                shown.unsaved(),
                shown.problems(),
                warnings.stream().filter(warning -> warning.field().isEmpty()).map(FieldProblem::message).toList(),
                form.version(),
                fields.companyName(),
                fields.companyAddress(),
                fields.from(),
                fields.unverified(),
                fields.replies(),
                fields.replyAddress(),
                fields.strangers(listed)
                        .map(count -> new MailModel.Hint(visit.say("mail.reply.strangers", count), "/o/" + visit.office() + "/people")),
                fields.kinds(),
                fields.add(),
                view.seen(form),
                fields.comingBack(),
                sandbox(form),
                form.get(MailFields.NOTE),
                preview,
                shown.replay());
        return visit.page(status, TEMPLATE, model);
    }

    private String path() {
        return "/o/" + visit.office() + "/mail";
    }

    private String name() {
        return settings.company().name().isEmpty() ? visit.office().text() : settings.company().name();
    }

    private Optional<MailModel.Saving> last() throws SQLException {
        return services.store().history().version(visit.office(), stored.settingsAt())
                .map(VersionDetail::version)
                .map(version -> new MailModel.Saving(version.number(), version.author().shown(), version.at(), "/o/" + visit.office() + "/history"));
    }

    private List<String> sentences() {
        var sentences = new ArrayList<String>();
        if (!isUsable) {
            sentences.add(visit.say("mail.unusable"));
        }
        if (!visit.mayWrite()) {
            sentences.add(visit.say("mail.reader"));
        }
        return sentences;
    }

    private List<FieldProblem> warnings(MailForm form) throws SQLException {
        var warnings = services.store().settings().check(visit.office(), stored.settings()).warnings();
        return problems(form).warnings(warnings, MailJson.read(stored.settings()));
    }

    private Optional<MailModel.Sandbox> sandbox(MailForm form) {
        var isOn = !form.get(MailFields.SANDBOX).isEmpty();
        var mayChange = visit.mayWrite() && visit.rights().operates();
        return isOn || mayChange ? Optional.of(new MailModel.Sandbox(isOn, mayChange)) : Optional.empty();
    }
}
