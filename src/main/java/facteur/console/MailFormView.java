package facteur.console;

import static facteur.console.MailFields.field;

import facteur.console.MailModel.Choice;
import facteur.console.MailModel.Input;
import facteur.office.Role;
import facteur.store.CardPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of the page of mail settings, with all that stands around them. Immutable.
///
/// @param cards counted for hints
/// @param opened a kind whose fields are to be seen; empty for none
record MailFormView(
        Texts texts,
        MailWords words,
        MailReturns returns,
        MailForm form,
        MailHints.Cards cards,
        List<FieldProblem> problems,
        List<FieldProblem> warnings,
        Map<String, MailModel.State> states,
        String opened) {
    private static final String UNSET = "fallback";

    Input companyName() {
        return input(
                TextField.of(MailFields.COMPANY_NAME, texts.of("mail.company.name"), form.get(MailFields.COMPANY_NAME))
                        .hint(texts.of("mail.company.name.hint"))
                        .autocomplete("organization"),
                false);
    }

    Input companyAddress() {
        return address(MailFields.COMPANY_ADDRESS, "mail.company.address", "mail.company.address.hint");
    }

    Input add() {
        return input(
                TextField.of(MailFields.KIND_ADD, texts.of("mail.kind.add"), form.get(MailFields.KIND_ADD)).hint(texts.of("mail.kind.add.hint")),
                false);
    }

    List<Choice> from() {
        return List.of(
                choice(MailFields.FROM, MailFields.SHARED, texts.of("mail.from.shared", words.shared()), "", List.of()),
                choice(
                        MailFields.FROM,
                        MailFields.OWN,
                        texts.of("mail.from.own"),
                        texts.of("mail.from.own.hint"),
                        List.of(
                                address(MailFields.FROM_ADDRESS, "mail.from.address", ""),
                                name(MailFields.FROM_NAME, "mail.from.name.hint"))));
    }

    List<Choice> unverified() {
        var chosen = form.get(MailFields.UNVERIFIED);
        return List.of(
                choice(MailFields.UNVERIFIED, UNSET, texts.of("mail.unverified.fallback"), "", chosen.isEmpty(), List.of()),
                choice(MailFields.UNVERIFIED, "refuse", texts.of("mail.unverified.refuse"), "", List.of()));
    }

    List<Choice> replies() {
        var choices = new ArrayList<Choice>();
        choices.add(choice(MailFields.REPLY, "company", texts.of("mail.reply.company"), "", List.of()));
        choices.addAll(people(MailFields.REPLY));
        choices.addAll(unlisted(MailFields.REPLY, choices));
        return choices;
    }

    List<Choice> replyAddress() {
        return returns.replies(form, problems);
    }

    List<MailModel.Select> comingBack() {
        return returns.returns(form, problems);
    }

    /// Whom every level can choose.
    private List<Choice> people(String field) {
        var choices = new ArrayList<Choice>();
        choices.add(choice(field, "sender", texts.of("mail.reply.sender"), "", List.of()));
        for (var role : words.roles().list()) {
            var empty = cards.empty().getOrDefault(role, 0L);
            var note = empty == 0 ? "" : texts.of("mail.reply.role.empty", words.role(role), empty, cards.count());
            choices.add(choice(field, role.name(), words.roleChoice(role), note, List.of()));
        }
        return choices;
    }

    /// A word that is stored, and is none of these any more.
    private List<Choice> unlisted(String field, List<Choice> choices) {
        var chosen = form.get(field);
        return chosen.isEmpty() || choices.stream().anyMatch(choice -> choice.value().equals(chosen))
                ? List.of()
                : List.of(choice(field, chosen, words.unlisted(chosen), "", List.of()));
    }

    List<MailModel.Kind> kinds() {
        return form.kinds().stream().map(this::kind).toList();
    }

    private MailModel.Kind kind(String kind) {
        var field = field(kind, "reply");
        var choices = new ArrayList<Choice>();
        choices.add(choice(field, MailFields.AS_GENERAL, texts.of("mail.kind.as-general"), "", form.get(field).isEmpty(), List.of()));
        choices.add(choice(field, MailJson.GENERAL, texts.of("mail.kind.general"), "", List.of()));
        choices.add(choice(
                field, MailFields.OTHER_ADDRESS, texts.of("mail.kind.address"), "",
                List.of(address(field(kind, "address"), "mail.kind.address.field", ""))));
        choices.addAll(people(field));
        choices.addAll(unlisted(field, choices));
        var isGeneral = Set.of(MailJson.GENERAL, MailFields.OTHER_ADDRESS).contains(form.get(field));
        var ignored = isGeneral ? "" : form.get(field(kind, "ignored"));
        var hasProblem = problems.stream().anyMatch(problem -> problem.field().startsWith(field(kind, "")));
        return new MailModel.Kind(
                field(kind, "box"),
                kind,
                words.kind(kind),
                summary(kind, choices),
                hasProblem || kind.equals(opened) || !ignored.isEmpty(),
                kind.equals(opened),
                !MailValues.USUAL_KINDS.contains(kind),
                field(kind, "ignored"),
                ignored,
                choices,
                returns.repliesOfKind(kind, form, problems),
                from(kind));
    }

    private String summary(String kind, List<Choice> choices) {
        var address = form.get(field(kind, "address"));
        var chosen = choices.stream().filter(Choice::isChosen).findFirst();
        var replies = chosen.filter(choice -> choice.value().equals(MailFields.OTHER_ADDRESS) && !address.isBlank())
                .map(_ -> address)
                .or(() -> chosen.map(Choice::label))
                .orElse("");
        return form.get(field(kind, "from")).equals(MailFields.OWN)
                ? texts.of("mail.kind.summary-from", replies, form.get(field(kind, "from-address")))
                : replies;
    }

    private List<Choice> from(String kind) {
        var field = field(kind, "from");
        return List.of(
                choice(field, MailFields.AS_GENERAL, texts.of("mail.kind.as-general"), "", form.get(field).isEmpty(), List.of()),
                choice(
                        field,
                        MailFields.OWN,
                        texts.of("mail.from.own"),
                        "",
                        List.of(address(field(kind, "from-address"), "mail.from.address", ""),
                                name(field(kind, "from-name"), "mail.from.name.hint"))));
    }

    /// How many stand on cards who aren't in the list of people.
    Optional<Long> strangers(Set<String> listed) {
        var strangers = listed.isEmpty()
                ? 0
                : cards.people().stream().map(CardPerson::mailbox).filter(person -> !listed.contains(person.address().mailboxKey())).count();
        return strangers == 0 ? Optional.empty() : Optional.of(strangers);
    }

    private Choice choice(String field, String value, String label, String note, List<Input> under) {
        return choice(field, value, label, note, false, under);
    }

    /// @param isUsual whether it is chosen when none is
    private Choice choice(String field, String value, String label, String note, boolean isUsual, List<Input> under) {
        var isFirst = value.equals(MailFields.SHARED) || value.equals(MailFields.AS_GENERAL) || value.equals("company") || value.equals(UNSET);
        var problem = problems.stream().filter(found -> found.field().equals(field) && form.get(field).equals(value)).findFirst();
        return new Choice(
                isFirst ? field : field + "." + value,
                field,
                value,
                label,
                note,
                words.roles().list().stream().map(Role::name).anyMatch(value::equals),
                isUsual || form.get(field).equals(value),
                problem.map(FieldProblem::message),
                under);
    }

    private Input name(String field, String hint) {
        return input(TextField.of(field, texts.of("mail.from.name"), form.get(field)).hint(texts.of(hint)), false);
    }

    private Input address(String field, String label, String hint) {
        var input = TextField.of(field, texts.of(label), form.get(field)).autocomplete("off");
        return input(hint.isEmpty() ? input : input.hint(texts.of(hint)), true);
    }

    private Input input(TextField field, boolean isAddress) {
        var warning = warnings.stream().filter(found -> found.field().equals(field.id())).map(FieldProblem::message).findFirst();
        var known = field.among(problems);
        var state = Optional.ofNullable(states.get(field.id() + "-state"))
                .map(found -> known.problem().isPresent() ? new MailModel.State(found.id(), "", "", Optional.empty()) : found);
        return new Input(known, isAddress, warning, state);
    }
}
