package facteur.console;

import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The page of mail settings where they are kept in files, a foreign database or a service: to be looked at. Thread-safe.
record MailElsewhere(Services services, MailHints hints) {
    String sentence(Visit visit) {
        return visit.say("mail.readonly", visit.keptElsewhere().orElse(""));
    }

    Answer page(Visit visit) throws SQLException {
        var rules = visit.rules();
        return switch (rules.settings().office(visit.office())) {
            case Lookup.Missing<OfficeSettings> _ -> visit.notFound();
            case Lookup.Unavailable<OfficeSettings> _ -> visit.away();
            case Lookup.Unusable<OfficeSettings> _ ->
                visit.page(200, "notice", new NoticeModel(visit.say("mail.title", visit.office()), visit.say("mail.unusable") + " " + sentence(visit),
                        Optional.empty()));
            case Lookup.Found<OfficeSettings>(var settings, _) -> page(visit, settings);
        };
    }

    private Answer page(Visit visit, OfficeSettings settings) throws SQLException {
        var view = new MailView(visit, services, hints, visit.rules(), Optional.empty());
        var form = MailForm.of(0, OfficePoints.read(settings));
        for (var field : List.of(MailFields.CLIENT, MailFields.WRITER)) {
            var asked = visit.request().query(field);
            form = asked.isPresent() ? form.with(field, asked.get()) : form;
        }
        var preview = view.preview(form, settings.users(), Optional.empty(), "");
        var fields = view.fields(form, List.of(), List.of(), preview, "");
        var isOn = !form.get(MailFields.SANDBOX).isEmpty();
        var name = Optional.of(settings.company()).map(Mailbox::name).filter(text -> !text.isEmpty()).orElse(visit.office().text());
        return visit.page(200, "mail", new MailModel(
                "/o/" + visit.office() + "/mail",
                name,
                MailModel.Use.LOOK,
                Optional.empty(),
                Optional.empty(),
                List.of(sentence(visit)),
                "",
                List.of(),
                List.of(),
                0,
                fields.companyName(),
                fields.companyAddress(),
                fields.from(),
                fields.unverified(),
                fields.replies(),
                fields.replyAddress(),
                Optional.empty(),
                fields.kinds(),
                fields.add(),
                List.of(),
                fields.comingBack(),
                isOn ? Optional.of(new MailModel.Sandbox(true, false)) : Optional.empty(),
                "",
                preview,
                Optional.empty()));
    }
}
