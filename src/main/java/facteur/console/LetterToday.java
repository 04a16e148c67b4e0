package facteur.console;

import facteur.explain.ExplainRequest;
import facteur.explain.ExplainResult;
import facteur.explain.Explainer;
import facteur.explain.Explanation;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.policy.Decision;
import facteur.spool.LetterHistory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a letter of the log would get if it came today. For one page.
record LetterToday(Visit visit, Services services) {
    LetterModel.Today of(LetterHistory letter) {
        var now = visit.rules();
        var explainer = new Explainer(now.settings(), now.decider(), now.departures(), Optional.empty(), services.time());
        return switch (explainer.explain(ExplainRequest.of(letter))) {
            case ExplainResult.Explained(var explanation) -> explained(letter, explanation);
            case ExplainResult.Refused(var reply) -> LetterModel.Today.refused(visit.say("log.today.refused", reply));
            case ExplainResult.OfficeNeeded(), ExplainResult.NoOffice _ -> LetterModel.Today.refused(visit.say("log.today.no-office"));
            case ExplainResult.Unavailable _ -> LetterModel.Today.refused(visit.say("log.today.unavailable"));
            case ExplainResult.Unusable _ -> LetterModel.Today.refused(visit.say("log.today.unusable"));
        };
    }

    private LetterModel.Today explained(LetterHistory letter, Explanation explanation) {
        return switch (explanation.decision()) {
            case Decision.Refuse(var reply) -> LetterModel.Today.refused(visit.say("log.today.refused", reply));
            case Decision.Rewrite decision -> {
                var because = new Because(visit.texts(), RuleWords.words(visit));
                yield new LetterModel.Today(
                        Optional.empty(),
                        isSame(letter.named().from(), List.of(decision.from())) && isSame(letter.named().replyTo(), decision.replyTo()),
                        decision.from().toString(),
                        because.from(explanation.letter(), decision),
                        shown(decision.replyTo()),
                        because.replies(explanation.letter(), decision),
                        Optional.of(tryIt(letter.provenance())));
            }
        };
    }

    private static String tryIt(Provenance said) {
        return "/o/" + said.office() + "/try?kind=" + encoded(said.context()) + "&client=" + encoded(said.relation()) + "&writer="
                + encoded(said.sender());
    }

    private static String encoded(Provenance.Value value) {
        return URLEncoder.encode(value.text(), StandardCharsets.UTF_8);
    }

    /// Names are not compared: the one that the sender had is not known any more.
    private static boolean isSame(String written, List<Mailbox> now) {
        return Mailbox.parseList(written).filter(then -> addresses(then).equals(addresses(now))).isPresent();
    }

    private static Set<String> addresses(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(Mailbox::address).map(Address::toString).collect(Collectors.toSet());
    }

    private static String shown(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(Mailbox::toString).collect(Collectors.joining(", "));
    }

    static Optional<OfficeSettings> settings(Visit visit, OfficeId office) {
        return visit.rules().settings().office(office) instanceof Lookup.Found<OfficeSettings>(var settings, _)
                ? Optional.of(settings)
                : Optional.empty();
    }
}
