package facteur.console;

import facteur.mail.smtp.Address;
import facteur.office.OfficeSettings;
import facteur.replay.Outcome;
import facteur.replay.ReplayResult;
import facteur.replay.Replayer;
import facteur.spool.SpoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What settings would have done to past letters, in words. For one page.
record RestoreReplay(Visit visit, Replayer replayer) {
    private static final int MOST_GROUPS = 5;

    RestoreModel.Replay of(OfficeSettings draft) {
        try {
            var rules = visit.rules();
            return switch (replayer.replay(rules.settings(), rules.decider(), draft, Replayer.USUAL)) {
                case ReplayResult.Replayed replayed -> shown(replayed);
                case ReplayResult.Busy() -> sentence("history.replay.busy");
                case ReplayResult.NoOffice(), ReplayResult.Unavailable _, ReplayResult.Unusable _ -> sentence("history.replay.away");
            };
        } catch (SpoolException away) {
            return sentence("history.replay.away");
        }
    }

    private RestoreModel.Replay sentence(String key) {
        return new RestoreModel.Replay(visit.say(key), List.of());
    }

    private RestoreModel.Replay shown(ReplayResult.Replayed replayed) {
        if (replayed.since().isEmpty()) {
            return sentence("history.replay.none");
        }
        var groups = new ArrayList<String>();
        replayed.refusals().stream().limit(MOST_GROUPS).forEach(group -> groups.add(
                visit.say("history.replay.refused", group.letters(), kind(group))));
        replayed.groups().stream().limit(MOST_GROUPS).forEach(group -> lines(group, groups));
        return new RestoreModel.Replay(
                visit.say(
                        "mail.replay.result",
                        replayed.letters(),
                        visit.view().date(replayed.since().get()),
                        replayed.unchanged(),
                        replayed.changed() + replayed.refused()),
                groups);
    }

    private String kind(ReplayResult.Group group) {
        return group.context().isEmpty() ? visit.say("mail.kind.none") : Kinds.label(visit.texts(), group.context());
    }

    private void lines(ReplayResult.Group group, List<String> lines) {
        if (!(group.after() instanceof Outcome.Written after)) {
            return;
        }
        if (!(group.before() instanceof Outcome.Written before)) {
            lines.add(visit.say("history.replay.taken", group.letters(), kind(group)));
            return;
        }
        if (!before.from().isSameMailbox(after.from())) {
            lines.add(visit.say("history.replay.from", group.letters(), kind(group), after.from(), before.from()));
        }
        if (!people(before.replyTo()).equals(people(after.replyTo()))) {
            lines.add(visit.say("history.replay.reply", group.letters(), kind(group), people(after.replyTo()), people(before.replyTo())));
        }
    }

    private static String people(List<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }
}
