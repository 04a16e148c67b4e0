package facteur.console;

import facteur.office.ContextName;
import facteur.office.OfficeSettings;
import facteur.store.StoredOffice;
import facteur.store.VersionDetail;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The mail settings of an office: who its messages come from, and where replies go. Thread-safe.
final class MailPage {
    private final Services services;
    private final MailHints hints;
    private final MailElsewhere elsewhere;
    private final MailSaving saving;

    MailPage(Services services) {
        this.services = services;
        hints = new MailHints(services.store().cards(), services.log(), services.time());
        elsewhere = new MailElsewhere(services, hints);
        saving = new MailSaving(services);
    }

    List<Page> pages() {
        return List.of(
                Page.ofOffice("/mail", this::show),
                Page.change("/mail", this::change),
                Page.trial("/mail/preview", this::preview),
                Page.trial("/mail/replay", this::replay),
                Page.change("/mail/undo", saving::undo));
    }

    @FunctionalInterface
    private interface WithForm {
        Answer answer(Visit visit, MailSent sent) throws SQLException;
    }

    private Answer show(Visit visit) throws SQLException {
        if (visit.keptElsewhere().isPresent()) {
            return elsewhere.page(visit);
        }
        var stored = services.store().settings().office(visit.office());
        if (stored.isEmpty()) {
            return visit.notFound();
        }
        var form = MailForm.of(stored.get().settingsAt(), MailJson.read(stored.get().settings()));
        for (var field : List.of(MailFields.CLIENT, MailFields.WRITER)) {
            var asked = visit.request().query(field);
            form = asked.isPresent() ? form.with(field, asked.get()) : form;
        }
        return screen(visit, stored.get()).page(200, MailScreen.Shown.of(form).after(done(visit, stored.get())));
    }

    /// What a redirect from a form names.
    private Optional<MailModel.Done> done(Visit visit, StoredOffice stored) throws SQLException {
        var saved = visit.request().number("saved", 1, Long.MAX_VALUE);
        var undone = visit.request().number("undone", 1, Long.MAX_VALUE);
        if (saved.isPresent() && saved.get() == stored.settingsAt()) {
            return Optional.of(undone.isPresent()
                    ? new MailModel.Done(visit.say("mail.undone", undone.get().toString(), saved.get().toString()), 0)
                    : new MailModel.Done(visit.say("mail.saved", saved.get().toString()) + merged(visit), visit.mayWrite() ? saved.get() : 0));
        }
        return visit.request().flag("unchanged") ? Optional.of(new MailModel.Done(visit.say("mail.unchanged"), 0)) : Optional.empty();
    }

    /// Who was faster, and hasn't lost anything either.
    private String merged(Visit visit) throws SQLException {
        var merged = visit.request().number("merged", 1, Long.MAX_VALUE);
        var version = merged.isPresent() ? services.store().history().version(visit.office(), merged.get()) : Optional.<VersionDetail>empty();
        return version.map(VersionDetail::version)
                .map(other -> " " + visit.say("mail.merged", other.author().shown(), Long.toString(other.number())))
                .orElse("");
    }

    private MailScreen screen(Visit visit, StoredOffice stored) throws SQLException {
        return new MailScreen(visit, services, hints, stored);
    }

    private Answer withForm(Visit visit, WithForm action) throws SQLException {
        if (visit.keptElsewhere().isPresent()) {
            return visit.notice(403, visit.say("frame.forbidden"), elsewhere.sentence(visit));
        }
        var form = MailForm.read(visit.request().form())
                .orElseThrow(() -> ProblemDetails.of(400, "form.invalid", MailFields.VERSION, "the form has no version").refused());
        var draft = MailDraft.of(services.store(), visit.office(), form);
        if (draft.isEmpty()) {
            return visit.notFound();
        }
        var screen = screen(visit, draft.get().now());
        var problems = screen.problems(draft.get().form());
        var read = draft.get().read(screen.rules());
        var found = new ArrayList<>(forbidden(visit, form));
        found.addAll(problems.missing(draft.get().base()));
        found.addAll(problems.of(read.problems()));
        return action.answer(visit, new MailSent(screen, draft.get(), problems.inOrder(found), read));
    }

    /// What a form of ours doesn't have, or has for others.
    private static List<FieldProblem> forbidden(Visit visit, MailForm form) {
        var found = new ArrayList<FieldProblem>();
        form.fields().keySet().stream()
                .filter(name -> !MailFields.isKnown(name))
                .forEach(name -> found.add(new FieldProblem("", visit.say("mail.problem.field", name))));
        var hasSandbox = form.fields().containsKey(MailFields.SANDBOX) || form.fields().containsKey(MailFields.SANDBOX_SHOWN);
        if (hasSandbox && !visit.rights().operates()) {
            found.add(new FieldProblem("", visit.say("mail.sandbox.operators")));
        }
        return found;
    }

    private Answer preview(Visit visit) throws SQLException {
        return withForm(visit, (_, sent) -> {
            var form = sent.draft().form();
            var draft = sent.isGood() ? Optional.of(sent.read().settings()) : Optional.<OfficeSettings>empty();
            if (!visit.isPartial()) {
                var shown = sent.shown().unsaved(visit.say("mail.unsaved"));
                return sent.screen().page(200, draft.isPresent() ? shown.trying(draft.get()) : shown);
            }
            // What was seen stays as it was: only the word beside it is replaced.
            return draft.isPresent()
                    ? visit.page(200, "mail-preview", sent.screen().preview(form, draft, ""))
                    : visit.page(200, "mail-preview-problem", sent.screen().wrong(form, sent.problems()))
                            .with("HX-Retarget", "#preview-problem")
                            .with("HX-Reswap", "outerHTML");
        });
    }

    private Answer replay(Visit visit) throws SQLException {
        return withForm(visit, (_, sent) -> {
            var replay = sent.isGood()
                    ? sent.screen().replay(sent.read().settings())
                    : new MailModel.Replay(sent.screen().wrong(sent.draft().form(), sent.problems()).problem(), List.of(), List.of());
            if (visit.isPartial()) {
                return visit.page(200, "mail-replay", replay);
            }
            var shown = sent.shown().unsaved(visit.say("mail.unsaved")).with(replay);
            return sent.screen().page(200, sent.isGood() ? shown.trying(sent.read().settings()) : shown);
        });
    }

    private Answer change(Visit visit) throws SQLException {
        return withForm(visit, (_, sent) -> {
            var act = sent.draft().form().get(MailFields.ACT);
            var name = act.substring(act.indexOf(':') + 1);
            return switch (act.split(":", 2)[0]) {
                case "add" -> add(visit, sent, act.contains(":") ? name : sent.draft().form().get(MailFields.KIND_ADD));
                case "remove" -> edited(visit, sent, sent.draft().form().withoutKind(name), "");
                case "forget" -> edited(visit, sent, sent.draft().form().with(MailFields.field(name, "ignored"), ""), name);
                default -> sent.draft().form().get(MailFields.KIND_ADD).isBlank()
                        ? saving.save(visit, sent)
                        // One who types a kind means to have it.
                        : add(visit, sent, sent.draft().form().get(MailFields.KIND_ADD));
            };
        });
    }

    /// The same page with one more kind, which isn't saved yet.
    private static Answer add(Visit visit, MailSent sent, String typed) throws SQLException {
        var form = sent.draft().form();
        var problem = new KindName(visit.texts(), form).problem(typed);
        return problem.isPresent()
                ? sent.screen().page(422, MailScreen.Shown.of(form)
                        .unsaved(visit.say("mail.unsaved"))
                        .wrong(List.of(new FieldProblem(MailFields.KIND_ADD, problem.get()))))
                : edited(visit, sent, form.withKind(ContextName.of(typed.strip()).text()), ContextName.of(typed.strip()).text());
    }

    private static Answer edited(Visit visit, MailSent sent, MailForm form, String opened) throws SQLException {
        return sent.screen().page(200, MailScreen.Shown.of(form.with(MailFields.ACT, "")).unsaved(visit.say("mail.unsaved")).open(opened));
    }
}
