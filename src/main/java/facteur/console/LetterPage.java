package facteur.console;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.office.ContextName;
import facteur.office.OfficeId;
import facteur.policy.Policy;
import facteur.spool.LetterHistory;
import facteur.spool.SpoolException;
import facteur.store.StoredOffice;
import facteur.web.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One letter: its life, and why it has its sender and its reply address. Immutable.
record LetterPage(Services services) {
    List<Page> pages() {
        return List.of(
                Page.ofOffice("/log/{letter}", visit -> show(visit, Optional.of(visit.office()))),
                Page.get("/log/{letter}", Page.Need.SEE_ALL, visit -> show(visit, Optional.empty())));
    }

    private Answer show(Visit visit, Optional<OfficeId> office) throws SQLException {
        var id = QueueId.parse(visit.request().variable("letter"));
        var letter = id.isEmpty() ? Optional.<LetterHistory>empty() : letter(office, id.get());
        return letter.isEmpty() ? visit.notFound() : visit.page(200, "letter", model(visit, office, letter.get()));
    }

    private Optional<LetterHistory> letter(Optional<OfficeId> office, QueueId id) throws SQLException {
        try {
            return office.isPresent() ? services.log().letter(new Provenance.Office(office.get().text()), id) : services.log().letter(id);
        } catch (SpoolException e) {
            throw e.database();
        }
    }

    private LetterModel model(Visit visit, Optional<OfficeId> office, LetterHistory letter) throws SQLException {
        var words = new LetterWords(visit.view(), services.store());
        var decided = letter.provenance().decision();
        var rules = new RuleWords(
                visit.texts(), letter.named().replyTo(), role(visit, letter), visit.say("log.fallback"));
        return new LetterModel(
                letter.id(),
                office.isEmpty(),
                LogPage.path(office),
                office.isEmpty() ? Optional.of(letter.provenance().office().text()) : Optional.empty(),
                letter.acceptedAt(),
                words.state(letter),
                said(visit, letter, words),
                new LetterLife(visit, letter, words).steps(),
                why(rules, letter.named().from(), decided.from().text()),
                why(rules, letter.named().replyTo(), decided.replyTo().text()),
                new LetterVersions(visit, services.store(), letter).links(),
                letter.provenance().app().isEmpty() ? Optional.empty() : Optional.of(new LetterToday(visit, services).of(letter)));
    }

    private static LetterModel.Why why(RuleWords rules, String written, String rule) {
        return new LetterModel.Why(written, rule, rules.because(rule), rules.passedOver(rule));
    }

    /// The role that the settings ask for, if they still are those that decided.
    private String role(Visit visit, LetterHistory letter) throws SQLException {
        var office = OfficeId.parse(letter.provenance().office().text());
        var same = office.isPresent() && services.store().settings().office(office.get())
                .map(StoredOffice::settingsAt)
                .filter(number -> ("v" + number).equals(letter.provenance().decision().settingsVersion()))
                .isPresent();
        var context = Optional.of(letter.provenance().context().text()).filter(text -> !text.isEmpty()).map(ContextName::of);
        return same
                ? LetterToday.settings(visit, office.get())
                        .flatMap(settings -> Policy.roleAsked(settings, context))
                        .map(role -> RuleWords.role(visit, role))
                        .orElse(visit.say("log.role"))
                : visit.say("log.role");
    }

    private static List<LetterModel.Fact> said(Visit visit, LetterHistory letter, LetterWords words) throws SQLException {
        var said = letter.provenance();
        var facts = new ArrayList<LetterModel.Fact>();
        facts.add(new LetterModel.Fact(visit.say("log.kind"), words.kind(letter)));
        facts.add(new LetterModel.Fact(visit.say("log.client"), orElse(words.client(letter), visit.say("log.client.none"))));
        facts.add(new LetterModel.Fact(visit.say("log.writer"), orElse(said.sender().text(), visit.say("log.writer.none"))));
        facts.add(new LetterModel.Fact("Message-ID", orElse(letter.named().messageId(), visit.say("log.unknown"))));
        facts.add(new LetterModel.Fact(visit.say("log.size"), visit.say("log.size.bytes", letter.sizeBytes())));
        return facts;
    }

    private static String orElse(String text, String none) {
        return text.isEmpty() ? none : text;
    }
}
