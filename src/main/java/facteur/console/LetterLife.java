package facteur.console;

import facteur.explain.LetterJson;
import facteur.mail.letter.Provenance;
import facteur.mail.returned.Trouble;
import facteur.notice.TroubleWords;
import facteur.spool.Attempt;
import facteur.spool.LetterHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What happened to a letter, in order of time: also what hosts beyond the upstream said of it later. For one page.
record LetterLife(Visit visit, LetterHistory letter, LetterWords words) {
    private static final Set<String> SAID_LATER = Set.of("returned", "delivered");
    private static final Comparator<LetterModel.Step> BY_TIME = Comparator.comparing(step -> step.at().orElse(Instant.MAX));

    List<LetterModel.Step> steps() {
        var steps = new ArrayList<LetterModel.Step>();
        steps.add(taken());
        var ended = isToldByReturns() ? Stream.<LetterModel.Step>empty() : Stream.of(standing());
        Stream.of(letter.attempts().stream().map(this::attempt), ended, letter.returns().stream().flatMap(this::ofReturn))
                .flatMap(each -> each)
                .sorted(BY_TIME)
                .forEach(steps::add);
        return steps;
    }

    private LetterModel.Step taken() {
        var app = letter.provenance().app();
        var what = app.isEmpty() ? visit.say("log.life.own") : visit.say("log.life.taken", app.text());
        return step(letter.acceptedAt(), new StateWord(what, StateWord.PLAIN));
    }

    /// Its state then was another one.
    private boolean isToldByReturns() {
        return letter.endedAt().isPresent() && letter.recipients().stream().anyMatch(recipient -> SAID_LATER.contains(recipient.status()));
    }

    private LetterModel.Step standing() {
        return new LetterModel.Step(letter.endedAt(), words.state(letter), "", LetterWords.holdReason(letter).orElse(""), "");
    }

    private static LetterModel.Step step(Instant at, StateWord what) {
        return new LetterModel.Step(Optional.of(at), what, "", "", "");
    }

    private LetterModel.Step attempt(Attempt attempt) {
        var recipient = LetterJson.recipient(attempt, letter);
        var what = switch (attempt.result()) {
            case RELAYED -> new StateWord(visit.say("log.life.relayed", attempt.number(), recipient), StateWord.OK);
            case TEMP_FAILED -> new StateWord(visit.say("log.life.temp-failed", attempt.number(), recipient), StateWord.WARN);
            case PERM_FAILED -> new StateWord(visit.say("log.life.perm-failed", attempt.number(), recipient), StateWord.BAD);
            case IN_DOUBT -> new StateWord(visit.say("log.life.in-doubt", attempt.number(), recipient), StateWord.WARN);
        };
        return new LetterModel.Step(Optional.of(attempt.at()), what, "", attempt.peer(), attempt.reply());
    }

    private Stream<LetterModel.Step> ofReturn(LetterHistory.OfReturn found) {
        var sender = sender(found);
        return switch (found.kind()) {
            case "report" -> found.statuses().stream().map(said -> status(found, said));
            case "read" -> Stream.of(step(found.at(), new StateWord(visit.say("log.life.read", sender), StateWord.OK)));
            case "complaint" -> Stream.of(step(found.at(), new StateWord(visit.say("log.life.complaint"), StateWord.BAD)));
            case "automatic" -> Stream.of(step(found.at(), new StateWord(visit.say("log.life.automatic", sender), StateWord.PLAIN)));
            case "reply" -> Stream.of(step(found.at(), new StateWord(visit.say("log.life.reply", sender), StateWord.OK)));
            default -> unreadable(found);
        };
    }

    /// Stored in angle brackets.
    private String sender(LetterHistory.OfReturn found) {
        var address = found.sender().replaceFirst("^<(.*)>$", "$1");
        return address.isEmpty() ? visit.say("log.life.sender.unknown") : address;
    }

    private Stream<LetterModel.Step> unreadable(LetterHistory.OfReturn found) {
        return found.statuses().isEmpty()
                ? Stream.of(step(found.at(), new StateWord(visit.say("log.life.unreadable"), StateWord.BAD)))
                : found.statuses().stream()
                        .map(said -> step(found.at(), new StateWord(visit.say("log.life.unreadable.for", said.address()), StateWord.BAD)));
    }

    private LetterModel.Step status(LetterHistory.OfReturn found, LetterHistory.OfStatus said) {
        var what = switch (said.action()) {
            case "failed" -> new StateWord(visit.say("log.life.returned", said.address()), StateWord.BAD);
            case "delivered" -> new StateWord(visit.say("log.life.delivered", said.address()), StateWord.OK);
            case "delayed" -> new StateWord(visit.say("log.life.delayed", said.address()), StateWord.WARN);
            default -> new StateWord(visit.say("log.life.passed", said.address()), StateWord.PLAIN);
        };
        var reply = said.diagnostic().isEmpty() ? found.excerpt(said).orElse(said.status()) : said.diagnostic();
        return new LetterModel.Step(Optional.of(found.at()), what, said.action().equals("failed") ? plain(said) : "", said.host(), reply);
    }

    private String plain(LetterHistory.OfStatus said) {
        var trouble = Trouble.of(said.status(), said.diagnostic());
        var plain = TroubleWords.in(visit.texts().language());
        var sentences = new ArrayList<String>();
        if (!said.isKnown()) {
            sentences.add(plain.elsewhere());
        }
        sentences.add(plain.why(trouble, said.address()));
        if (letter.provenance().kind() == Provenance.Kind.APP && !letter.provenance().app().isEmpty()) {
            sentences.add(plain.todo(trouble));
        }
        return String.join(" ", sentences);
    }
}
