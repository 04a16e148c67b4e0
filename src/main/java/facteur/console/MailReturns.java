package facteur.console;

import facteur.console.MailModel.Choice;
import facteur.console.MailModel.Option;
import facteur.console.MailModel.Select;
import facteur.console.MailPoint.Part;
import facteur.explain.CurrentRules;
import facteur.mail.automatic.Language;
import facteur.platform.config.Word;
import facteur.returns.ReturnSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fields about what comes back, on the page of mail settings. They are there as far as the relay takes it in. Immutable.
///
/// @param settings of the relay
/// @param language of notices, where an office says nothing
record MailReturns(Texts texts, Optional<ReturnSettings> settings, Language language) {
    static MailReturns of(Texts texts, CurrentRules rules) {
        return new MailReturns(texts, rules.returns(), rules.language());
    }

    /// Whether the page has fields for a point. What it has none for stays as it is stored.
    boolean shows(MailPoint point) {
        return switch (point.part()) {
            case REPLIES -> settings.flatMap(known -> known.domains().replies()).isPresent();
            case TELL, KNOWN_BAD, AUTO_REPLIES, NOTICE_LANGUAGE -> settings.isPresent();
            case COMPANY_NAME, COMPANY_ADDRESS, FROM, FROM_NAME, UNVERIFIED, REPLY, IGNORED, SANDBOX, LISTED -> true;
        };
    }

    /// What Reply-To says in general.
    List<Choice> replies(MailForm form, List<FieldProblem> problems) {
        var field = MailFields.REPLIES;
        return shows(MailPoint.REPLIES)
                ? options(MailPoint.REPLIES, form.get(field)).stream()
                        .map(option -> new Choice(
                                // The label of a problem leads to the first.
                                option.value().equals("direct") ? field : field + "." + option.value(),
                                field,
                                option.value(),
                                option.label(),
                                option.value().equals("late") ? texts.of("mail.replies.late.hint") : "",
                                false,
                                form.get(field).equals(option.value()),
                                form.get(field).equals(option.value()) ? problem(field, problems) : Optional.empty(),
                                List.of()))
                        .toList()
                : List.of();
    }

    Optional<Select> repliesOfKind(String kind, MailForm form, List<FieldProblem> problems) {
        var point = new MailPoint(kind, Part.REPLIES);
        return shows(point) ? Optional.of(select(point, texts.of("mail.kind.as-general"), form, problems)) : Optional.empty();
    }

    /// What is done with what comes back.
    List<Select> returns(MailForm form, List<FieldProblem> problems) {
        return settings.stream()
                .flatMap(relay -> List.of(
                        select(MailPoint.TELL, Word.of(relay.tell()), form, problems),
                        select(MailPoint.KNOWN_BAD, Word.of(relay.knownBad()), form, problems),
                        select(MailPoint.AUTO_REPLIES, Word.of(relay.autoReplies()), form, problems),
                        select(MailPoint.NOTICE_LANGUAGE, language.word(), form, problems)).stream())
                .toList();
    }

    /// @param unset what it means that nothing is chosen: a sentence, or a word of the point
    private Select select(MailPoint point, String unset, MailForm form, List<FieldProblem> problems) {
        var field = MailFields.field(point);
        var options = new ArrayList<Option>();
        options.add(new Option(
                "",
                ReturnWords.choices(point.part()).contains(unset)
                        ? texts.of("mail.returns.standard", new ReturnWords(texts).value(point.part(), unset))
                        : unset));
        options.addAll(options(point, form.get(field)));
        return new Select(field, texts.of(ReturnWords.label(point.part())), options, form.get(field), problem(field, problems));
    }

    /// With the one that is stored, whatever it is.
    private List<Option> options(MailPoint point, String chosen) {
        var words = new ArrayList<>(ReturnWords.choices(point.part()));
        if (!chosen.isEmpty() && !words.contains(chosen)) {
            words.add(chosen);
        }
        return words.stream().map(word -> new Option(word, new ReturnWords(texts).value(point.part(), word))).toList();
    }

    private static Optional<String> problem(String field, List<FieldProblem> problems) {
        return problems.stream().filter(found -> found.field().equals(field)).map(FieldProblem::message).findFirst();
    }
}
