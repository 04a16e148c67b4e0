package facteur.console;

import facteur.explain.CurrentRules;
import facteur.mail.smtp.Address;
import facteur.office.OfficeSettings;
import facteur.replay.Outcome;
import facteur.replay.ReplayResult;
import facteur.replay.Replayer;
import facteur.spool.PastLetter;
import facteur.spool.SpoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a change would have done to past messages, in words. Immutable.
///
/// @param names of people, by [Address#mailboxKey]
record ReplayPart(Visit visit, CurrentRules rules, Replayer replayer, MailWords words, Map<String, String> names) {
    private static final int MOST_EXAMPLES = 3;

    MailModel.Replay of(OfficeSettings draft) throws SpoolException {
        return switch (replayer.replay(rules.settings(), rules.decider(), draft, Replayer.USUAL)) {
            case ReplayResult.Replayed replayed -> shown(replayed);
            case ReplayResult.Busy() -> sentence("mail.replay.busy");
            case ReplayResult.NoOffice(), ReplayResult.Unavailable _ -> sentence("error.away");
            case ReplayResult.Unusable _ -> sentence("mail.unusable");
        };
    }

    private MailModel.Replay sentence(String key) {
        return new MailModel.Replay(visit.say(key), List.of(), List.of());
    }

    private MailModel.Replay shown(ReplayResult.Replayed replayed) {
        if (replayed.since().isEmpty()) {
            return sentence("mail.replay.none");
        }
        var since = visit.view().date(replayed.since().get());
        var notes = new ArrayList<String>();
        if (replayed.refused() > 0) {
            notes.add(visit.say("mail.replay.refused", replayed.refused()));
        }
        if (replayed.undecided() > 0) {
            notes.add(visit.say("mail.replay.undecided", replayed.undecided()));
        }
        if (replayed.end() == ReplayResult.End.TIME) {
            notes.add(visit.say("mail.replay.time"));
        }
        var groups = new ArrayList<MailModel.Group>();
        replayed.refusals().forEach(group -> groups.add(shown(group)));
        replayed.groups().forEach(group -> groups.add(shown(group)));
        return new MailModel.Replay(
                visit.say("mail.replay.result", replayed.letters(), since, replayed.unchanged(), replayed.changed()), notes, groups);
    }

    private MailModel.Group shown(ReplayResult.Group group) {
        return new MailModel.Group(
                visit.say("mail.replay.count", group.letters(), words.kind(group.context())),
                lines(group.before(), group.after()),
                group.examples().stream().limit(MOST_EXAMPLES).map(this::example).toList());
    }

    private List<String> lines(Outcome before, Outcome after) {
        return switch (after) {
            case Outcome.Refused _ -> List.of(visit.say("mail.replay.now-refused"));
            case Outcome.Written written -> switch (before) {
                case Outcome.Refused _ -> List.of(visit.say("mail.replay.no-longer-refused"));
                case Outcome.Written old -> lines(old, written);
            };
        };
    }

    private List<String> lines(Outcome.Written before, Outcome.Written after) {
        var lines = new ArrayList<String>();
        if (!before.from().isSameMailbox(after.from())) {
            // Two addresses of the office may have one name.
            lines.add(visit.say("mail.replay.group", visit.say("mail.preview.from"), after.from(), before.from()));
        }
        var now = people(before.replyTo());
        var then = people(after.replyTo());
        if (!now.equals(then)) {
            lines.add(visit.say("mail.replay.group", visit.say("mail.reply"), then, now));
        }
        return lines;
    }

    private String people(List<Address> addresses) {
        return addresses.stream()
                .map(address -> names.containsKey(address.mailboxKey()) ? names.get(address.mailboxKey()) + " <" + address + ">" : address.toString())
                .collect(Collectors.joining(", "));
    }

    private MailModel.Example example(PastLetter letter) {
        return new MailModel.Example("/o/" + visit.office().text() + "/log/" + letter.id(), letter.acceptedAt());
    }
}
