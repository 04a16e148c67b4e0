package facteur.console;

import java.util.List;

/// A form of mail settings that was sent, with what the rules say of it. Immutable.
///
/// @param draft what it would make of the settings
/// @param problems in the order of the page
/// @param read what a letter would go by
record MailSent(MailScreen screen, MailDraft draft, List<FieldProblem> problems, MailDraft.Read read) {
    MailSent {
        problems = List.copyOf(problems);
    }

    boolean isGood() {
        return problems.isEmpty();
    }

    MailScreen.Shown shown() {
        return MailScreen.Shown.of(draft.form()).wrong(problems);
    }
}
